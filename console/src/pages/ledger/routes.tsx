// Routes of the ledger.
import type { AnyRoute } from '@tanstack/react-router';

export const ledgerRoutes = (_parent: AnyRoute): readonly AnyRoute[] => [];
