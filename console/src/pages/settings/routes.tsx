// Routes of the settings area: one frame with its own menu, and a page for each part.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { parseAuditFilter } from './audit-search.ts';
import { lazyPage } from '../../lazy-page.tsx';

export function settingsRoutes(parent: AnyRoute): readonly AnyRoute[] {
  const frame = createRoute({
    getParentRoute: () => parent,
    path: '/settings',
    component: lazyPage('settings-frame', async () => (await import('./settings-frame.tsx')).default),
  });
  const pages = [
    createRoute({
      getParentRoute: () => frame,
      path: '/',
      component: lazyPage('account-page', async () => (await import('./account-page.tsx')).default),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/users',
      component: lazyPage('users-page', async () => (await import('./users-page.tsx')).default),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/tokens',
      component: lazyPage('tokens-page', async () => (await import('./tokens-page.tsx')).default),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/audit',
      validateSearch: parseAuditFilter,
      component: lazyPage('audit-page', async () => (await import('./audit-page.tsx')).default),
    }),
    createRoute({
      getParentRoute: () => frame,
      path: '/server',
      component: lazyPage('server-page', async () => (await import('./server-page.tsx')).default),
    }),
  ];
  return [frame.addChildren(pages)];
}
