// The ledger's page.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.tsx';

export const ledgerRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/ledger',
    component: lazyPage('ledger-page', async () => (await import('./ledger-page.tsx')).LedgerPage),
  }),
];
