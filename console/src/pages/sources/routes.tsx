// Routes of the sources area.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { parseSourceSearch } from './source-tabs.ts';

export const sourcesRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/sources',
    component: lazyRouteComponent(() => import('./sources-page.tsx')),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/sources/unrecognised-keys',
    component: lazyRouteComponent(() => import('./unrecognised-keys-page.tsx')),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/sources/$id',
    validateSearch: parseSourceSearch,
    component: lazyRouteComponent(() => import('./source-page.tsx')),
  }),
];
