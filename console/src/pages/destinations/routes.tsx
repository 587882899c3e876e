// Routes of the destinations area.
import type { AnyRoute } from '@tanstack/react-router';

export const destinationsRoutes = (_parent: AnyRoute): readonly AnyRoute[] => [];
