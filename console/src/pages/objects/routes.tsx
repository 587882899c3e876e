// The pages about objects: their types, the objects of one, and one of them with the people related to it.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.tsx';

export const objectsRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/objects',
    component: lazyPage('object-types-page', async () => (await import('./object-types-page.tsx')).ObjectTypesPage),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/objects/$typeId',
    component: lazyPage('objects-page', async () => (await import('./objects-page.tsx')).ObjectsPage),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/objects/$typeId/$objectId',
    component: lazyPage('object-page', async () => (await import('./object-page.tsx')).ObjectPage),
  }),
];
