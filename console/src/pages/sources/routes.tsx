// Routes of the sources area.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { parseSourceSearch } from './source-tabs.ts';
import { lazyPage } from '../../lazy-page.tsx';

export const sourcesRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/sources',
    component: lazyPage('sources-page', async () => (await import('./sources-page.tsx')).default),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/sources/unrecognised-keys',
    component: lazyPage('unrecognised-keys-page', async () => (await import('./unrecognised-keys-page.tsx')).default),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/sources/odd-events',
    component: lazyPage('odd-events-page', async () => (await import('./odd-events-page.tsx')).default),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/sources/$id',
    validateSearch: parseSourceSearch,
    component: lazyPage('source-page', async () => (await import('./source-page.tsx')).default),
  }),
];
