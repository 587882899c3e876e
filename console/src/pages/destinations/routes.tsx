// Routes of the destinations area.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { parseCatalogueSearch, parseDestinationSearch } from './destination-tabs.ts';
import { lazyPage } from '../../lazy-page.tsx';

export const destinationsRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/destinations',
    component: lazyPage('destinations-page', async () => (await import('./destinations-page.tsx')).default),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/destinations/new',
    validateSearch: parseCatalogueSearch,
    component: lazyPage('catalogue-page', async () => (await import('./catalogue-page.tsx')).default),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/destinations/$id',
    validateSearch: parseDestinationSearch,
    component: lazyPage('destination-page', async () => (await import('./destination-page.tsx')).default),
  }),
];
