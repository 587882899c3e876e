// Routes of the settings area: one frame with its own menu, and a page for each part.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { parseAuditFilter } from './audit-search.ts';

export function settingsRoutes(parent: AnyRoute): readonly AnyRoute[] {
  const frame = createRoute({
    getParentRoute: () => parent,
    path: '/settings',
    component: lazyRouteComponent(() => import('./settings-frame.tsx')),
  });
  const pages = [
    createRoute({
      getParentRoute: () => frame,
      path: '/',
      component: lazyRouteComponent(() => import('./account-page.tsx')),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/users',
      component: lazyRouteComponent(() => import('./users-page.tsx')),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/tokens',
      component: lazyRouteComponent(() => import('./tokens-page.tsx')),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/audit',
      validateSearch: parseAuditFilter,
      component: lazyRouteComponent(() => import('./audit-page.tsx')),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/server',
      component: lazyRouteComponent(() => import('./server-page.tsx')),
    }),
  ];
  return [frame.addChildren(pages)];
}
