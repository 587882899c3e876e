// Route of the overview.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { parseRange } from './time-range.ts';
import { lazyPage } from '../../lazy-page.tsx';

export const overviewRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/',
    validateSearch: parseRange,
    component: lazyPage('overview-page', async () => (await import('./overview-page.tsx')).OverviewPage),
  }),
];
