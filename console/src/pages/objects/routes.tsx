// The pages about objects: their types, the objects of one, and one of them with the people related to it.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';

export const objectsRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/objects',
    component: lazyRouteComponent(() => import('./object-types-page.tsx'), 'ObjectTypesPage'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/objects/$typeId',
    component: lazyRouteComponent(() => import('./objects-page.tsx'), 'ObjectsPage'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/objects/$typeId/$objectId',
    component: lazyRouteComponent(() => import('./object-page.tsx'), 'ObjectPage'),
  }),
];
