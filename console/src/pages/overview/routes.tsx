// Routes of the overview.
import type { AnyRoute } from '@tanstack/react-router';

export const overviewRoutes = (_parent: AnyRoute): readonly AnyRoute[] => [];
