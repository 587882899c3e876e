// All pages. Each area brings its own routes, whose pages load when they are first opened.
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { destinationsRoutes } from './pages/destinations/routes.tsx';
import { eventRoutes } from './pages/events/routes.tsx';
import { firstRunRoutes } from './pages/first-run/routes.tsx';
import { ledgerRoutes } from './pages/ledger/routes.tsx';
import { objectsRoutes } from './pages/objects/routes.tsx';
import { overviewRoutes } from './pages/overview/routes.tsx';
import { peopleRoutes } from './pages/people/routes.tsx';
import { settingsRoutes } from './pages/settings/routes.tsx';
import { sourcesRoutes } from './pages/sources/routes.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PageFault } from './shell/page-fault.tsx';
import { SignedIn } from './shell/signed-in.tsx';
import { lazyPage } from './lazy-page.tsx';

const root = createRootRoute();

/** Opened before anybody can sign in. */
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  component: lazyPage('set-up-page', async () => (await import('./shell/set-up-page.tsx')).SetUpPage),
});

/** Everything else is shown to users only. */
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn });

/** Every other address: in the frame, so that there is a way on. */
const unknown = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFoundPage });

const areas = [
  overviewRoutes,
  firstRunRoutes,
  sourcesRoutes,
  destinationsRoutes,
  peopleRoutes,
  objectsRoutes,
  eventRoutes,
  ledgerRoutes,
  settingsRoutes,
];

export const router = createRouter({
  routeTree: root.addChildren([setUp, signedIn.addChildren([...areas.flatMap((area) => area(signedIn)), unknown])]),
  defaultErrorComponent: PageFault,
  defaultPreload: 'intent',
  scrollRestoration: true,
});
