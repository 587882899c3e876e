// Sends one event through a destination's actions, or shows what would be sent, apart from everything that is being
// delivered: no cursor, no ledger, no order, no retry; a connection of its own.
import type { Action, Destination } from '../control/model.ts';
import type { HttpRequest, HttpResponse } from '../destinations/http-client.ts';
import type { Outcome } from '../destinations/outcome.ts';
import { showRequest, showResponse } from '../destinations/redact.ts';
import { InputError } from '../errors/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { randomToken } from '../lib/random.ts';
import { compileMapping } from '../routing/mapping/compile-mapping.ts';
import { explainRoute } from '../routing/explain-route.ts';
import type { RouteExplanation } from '../routing/explain-route.ts';
import { toPayload } from '../routing/router.ts';
import { Entry } from './entry.ts';
import { toFeedEvent } from './event-feed.ts';
import type { Unit } from './outbox.ts';
import { openPlan, routerOptionsOf } from './plan.ts';
import type { Plan, PlanOptions } from './plan.ts';
import { toTask } from './plan-round.ts';
import { nameRange } from './range-writer.ts';
import { sendUnit } from './send-unit.ts';
import type { Exchange, TestedAction, TestedEvent, TestEvent } from './tested-event.ts';

const timeLimitMs = 20_000;
/** More requests than this of one event are not shown. */
const maxExchanges = 20;

/** Never rejects for what the destination does. Rejects with InputError when its configuration is not sound. */
export async function sendTestEvent(
  destination: Destination,
  test: TestEvent,
  options: PlanOptions,
  clock: Clock,
): Promise<TestedEvent> {
  const actions = test.actions ?? destination.actions;
  const tried: Destination = { ...destination, enabled: true, actions };
  const plan = openPlan(tried, options);
  try {
    const { sourceId, event } = test;
    const route = explainRoute(tried, event, sourceId, routerOptionsOf(plan.kind));
    const testing = { destinationId: destination.id, plan, clock };
    const tested: TestedAction[] = [];
    for (const action of chooseActions(actions, test, route)) tested.push(await testAction(action, test, testing));
    return { route, actions: tested };
  } finally {
    await plan.connection.client.close();
  }
}

interface Testing {
  readonly destinationId: string;
  readonly plan: Plan;
  readonly clock: Clock;
}

function chooseActions(actions: readonly Action[], test: TestEvent, route: RouteExplanation): readonly Action[] {
  if (test.actionId === null) {
    const matched = new Set(route.matched ? route.actions.flatMap((one) => (one.matched ? [one.id] : [])) : []);
    return actions.filter(({ id }) => matched.has(id));
  }
  const action = actions.find(({ id }) => id === test.actionId);
  if (!action) throw new InputError('not_found', `This destination has no action ${test.actionId}.`, 'action');
  return [action];
}

async function testAction(
  action: Action,
  test: TestEvent,
  { destinationId, plan, clock }: Testing,
): Promise<TestedAction> {
  const { event, sourceId, dryRun } = test;
  const { connection } = plan;
  const payload = toPayload(compileMapping(action.mapping, routerOptionsOf(plan.kind))(event));
  const held: { readonly request: HttpRequest; response: HttpResponse | null }[] = [];
  const done = (problem: string | null, outcome: TestedAction['outcome'] = null): TestedAction => {
    const { id, name } = action;
    // Only now: an answer may have told secrets that the code has named since.
    const { all } = connection.secrets;
    const exchanges = held.map(({ request, response }): Exchange => ({
      request: showRequest(request, all),
      response: response && showResponse(response, all),
    }));
    return { id, name, payload, problem, exchanges, outcome };
  };
  const receivedAt = Date.parse(event.receivedAt);
  const origin = { partition: 0, offset: 0, sourceId, messageId: event.messageId, receivedAt };
  const feedEvent = toFeedEvent({ ...origin, body: JSON.stringify(event) });
  const task = toTask(new Entry(feedEvent, feedEvent), { action, payload }, plan);
  if ('problem' in task) return done(task.problem);
  const inRanges = task.mode.mode === 'range';
  if (inRanges && dryRun)
    return done(`${plan.kind.name} is written in whole ranges of the log; this is what the event becomes there.`);
  const name = nameRange(
    destinationId,
    { partition: 0, first: 0, last: 0 },
    { kind: 'test', mark: `test-${randomToken(12)}` },
  );
  const unit: Unit = { action: task.action, tasks: [task], atomic: true, ...(inRanges && { range: name(action.id) }) };
  const client: Plan['connection']['client'] = {
    request: async (request, signal) => {
      const exchange: (typeof held)[number] = { request, response: null };
      if (held.length < maxExchanges) held.push(exchange);
      // What the receiver would say is not known: that all is well lets the action go on to its next request.
      if (dryRun) return { status: 200, headers: {}, body: '{}' };
      return (exchange.response = await connection.client.request(request, signal));
    },
    close: () => connection.client.close(),
  };
  const result = await sendUnit(unit, { ...connection, client }, clock, AbortSignal.timeout(timeLimitMs));
  const outcome = result?.outcomes[0];
  if (dryRun) return done(held.length === 0 ? (reasonOf(outcome) ?? 'Nothing would be sent.') : null);
  if (!outcome) return done(`The destination did not answer within ${timeLimitMs / 1000} s.`, 'retry');
  return done(reasonOf(outcome), outcome.result);
}

const reasonOf = (outcome: Outcome | undefined): string | null =>
  outcome === undefined || outcome.result === 'delivered' ? null : outcome.reason;
