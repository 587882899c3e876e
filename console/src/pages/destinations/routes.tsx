// Routes of the destinations area.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { parseCatalogueSearch, parseDestinationSearch } from './destination-tabs.ts';

export const destinationsRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/destinations',
    component: lazyRouteComponent(() => import('./destinations-page.tsx')),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/destinations/new',
    validateSearch: parseCatalogueSearch,
    component: lazyRouteComponent(() => import('./catalogue-page.tsx')),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/destinations/$id',
    validateSearch: parseDestinationSearch,
    component: lazyRouteComponent(() => import('./destination-page.tsx')),
  }),
];
