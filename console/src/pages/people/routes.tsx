// The pages about people: found, and one of them in full.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.tsx';

export const peopleRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/people',
    component: lazyPage('people-page', async () => (await import('./people-page.tsx')).PeoplePage),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/people/$id',
    component: lazyPage('person-page', async () => (await import('./person-page.tsx')).PersonPage),
  }),
];
