// The pages about events: live and searched, and one of them explained.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.tsx';

export const eventRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/events',
    component: lazyPage('events-page', async () => (await import('./events-page.tsx')).EventsPage),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/events/$messageId',
    component: lazyPage('explain-page', async () => (await import('./explain-page.tsx')).ExplainPage),
  }),
];
