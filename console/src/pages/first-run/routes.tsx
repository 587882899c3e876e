// Route of the guided path; the one-time link itself is opened before anybody has signed in: shell/set-up-page.tsx.
import { createRoute } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.tsx';

export interface WelcomeSearch {
  /** Ids of what the path is shown for. */
  readonly source?: string;
  readonly destination?: string;
}

const parseWelcome = ({ source, destination }: Readonly<Record<string, unknown>>): WelcomeSearch => ({
  ...(typeof source === 'string' && { source }),
  ...(typeof destination === 'string' && { destination }),
});

export const firstRunRoutes = (parent: AnyRoute): readonly AnyRoute[] => [
  createRoute({
    getParentRoute: () => parent,
    path: '/welcome',
    validateSearch: parseWelcome,
    component: lazyPage('welcome-page', async () => (await import('./welcome-page.tsx')).WelcomePage),
  }),
];
