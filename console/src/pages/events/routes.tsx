// The pages about events: live and searched, and one of them explained.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';

export const eventRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/events',
    component: lazyRouteComponent(() => import('./events-page.tsx'), 'EventsPage'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/events/$messageId',
    component: lazyRouteComponent(() => import('./explain-page.tsx'), 'ExplainPage'),
  }),
];
