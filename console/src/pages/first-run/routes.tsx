// Routes of the guided path of a new installation.
import type { AnyRoute } from '@tanstack/react-router';

export const firstRunRoutes = (_parent: AnyRoute): readonly AnyRoute[] => [];
