// Routes of the objects area.
import type { AnyRoute } from '@tanstack/react-router';

export const objectsRoutes = (_parent: AnyRoute): readonly AnyRoute[] => [];
