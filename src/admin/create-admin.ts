// The control API as one app: authentication, roles, errors and headers the same way for every route.
//
// It does not listen. `await app.ready()`, then hand requests whose path it owns to `app.routing(req, res)`;
// `app.close()` ends its live streams.
import Fastify from 'fastify';
import swagger from '@fastify/swagger';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { createAccountParts } from './account-parts.ts';
import { registerActionLedgerRoutes } from './action-ledger-routes.ts';
import type { AdminApp } from './admin-app.ts';
import { validatorCompiler } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { registerAuditRoutes } from './audit-routes.ts';
import { Authenticator, isAllowed, requireRole } from './authentication.ts';
import type { Caller } from './authentication.ts';
import { registerBacklogRoutes } from './backlog-routes.ts';
import { registerCatalogRoutes } from './catalog-routes.ts';
import { registerDeadLetterRoutes } from './dead-letter-routes.ts';
import { registerDestinationAttemptRoutes } from './destination-attempt-routes.ts';
import { registerDestinationRoutes } from './destination-routes.ts';
import { answerNotFound, createErrorHandler, errorAnswer } from './error-answers.ts';
import { registerEventRoutes } from './event-routes.ts';
import { registerKeyRoutes } from './key-routes.ts';
import { registerLedgerEventRoutes } from './ledger-event-routes.ts';
import { registerLedgerRoutes } from './ledger-routes.ts';
import { registerObjectRoutes } from './object-routes.ts';
import { openApiOptions } from './openapi.ts';
import { registerOverviewRoutes } from './overview-routes.ts';
import { registerPeopleRoutes } from './people-routes.ts';
import { registerPersonDetailRoutes } from './person-detail-routes.ts';
import { registerReferencePage } from './reference-page.ts';
import { registerRejectionRoutes } from './rejection-routes.ts';
import { registerReplayRoutes } from './replay-routes.ts';
import { registerSemanticEventRoutes } from './semantic-event-routes.ts';
import { registerSessionRoutes } from './session-routes.ts';
import { registerSetUpRoutes } from './set-up-routes.ts';
import { registerSourceRoutes } from './source-routes.ts';
import { registerStatusRoutes } from './status-routes.ts';
import { registerTestEventRoutes } from './test-event-routes.ts';
import { registerTokenRoutes } from './token-routes.ts';
import { registerUserRoutes } from './user-routes.ts';
import { registerTriggerRoutes } from './trigger-routes.ts';

const securityHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** Builds the app. Call `ready()` before the first request. */
export async function createAdmin(deps: AdminDeps): Promise<AdminApp> {
  const app: AdminApp = Fastify({
    logger: false,
    // Identifiers of people stand in paths, percent-encoded.
    routerOptions: { maxParamLength: 2048 },
    bodyLimit: 1024 * 1024,
  });
  // JSON is the only language here.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(createErrorHandler(deps.logger));
  app.setNotFoundHandler(answerNotFound);

  const authenticator = new Authenticator(deps.adminToken, deps.control, deps.accounts, deps.clock);
  app.decorateRequest('caller', null);
  app.decorateRequest('stillAllowed', async () => true);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    const least = request.routeOptions.config.role;
    if (request.is404 || least === 'public') return;
    const authorise = async (): Promise<Caller> => {
      const { method, headers, raw } = request;
      const address = deps.connection.clientAddress(raw);
      const caller = await authenticator.authenticate({ method, headers, address });
      requireRole(caller, least ?? 'owner');
      return caller;
    };
    request.caller = await authorise();
    request.stillAllowed = () => isAllowed(authorise);
  });
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD' || route.schema === undefined || route.schema.hide === true) return;
    const response = { ...(route.schema.response as object), '4xx': errorAnswer, '5xx': errorAnswer };
    const security = route.config?.role === 'public' ? [] : [{ token: [] }, { session: [] }];
    route.schema = { security, ...route.schema, response };
  });

  await app.register(swagger, openApiOptions(deps.version));
  const routes = [
    registerSourceRoutes,
    registerKeyRoutes,
    registerRejectionRoutes,
    registerDestinationRoutes,
    registerDestinationAttemptRoutes,
    registerDeadLetterRoutes,
    registerTriggerRoutes,
    registerTestEventRoutes,
    registerReplayRoutes,
    registerBacklogRoutes,
    registerCatalogRoutes,
    registerSemanticEventRoutes,
    registerPeopleRoutes,
    registerPersonDetailRoutes,
    registerObjectRoutes,
    registerEventRoutes,
    registerLedgerRoutes,
    registerActionLedgerRoutes,
    registerLedgerEventRoutes,
    registerOverviewRoutes,
    registerStatusRoutes,
    registerAuditRoutes,
    registerTokenRoutes,
  ];
  for (const register of routes) register(app, deps);
  const parts = createAccountParts(deps.clock);
  for (const register of [registerSessionRoutes, registerSetUpRoutes, registerUserRoutes]) register(app, deps, parts);
  registerReferencePage(app);
  return app;
}
