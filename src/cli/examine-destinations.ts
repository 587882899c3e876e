// The doctor's look at destinations: breakers, dead letters, lag. Pure.
import { fail, note, ok, warn } from './finding.ts';
import type { Finding } from './finding.ts';
import type { DestinationView } from './find-destination.ts';
import { count, things } from './output.ts';
import type { StatusView } from './status-command.ts';

const longLag = 10_000;

export function* examineDestinations(status: StatusView, destinations: readonly DestinationView[]): Generator<Finding> {
  const workspace = destinations.find(({ kind }) => kind === 'workspace');
  if (workspace && !workspace.enabled)
    yield warn(
      'workspace',
      'The workspace is switched off, so people and objects are not kept up to date.',
      'Enable it if you want to see people here.',
    );
  if (status.destinations.length === 0) {
    yield note(
      'destinations',
      'Events go to the workspace only; there is no other destination.',
      'Add one: leat destination add webhook --set url=https://…',
    );
    return;
  }
  for (const one of status.destinations) {
    const test = `leat destination test ${one.id}`;
    if (!one.enabled) {
      yield note(
        'destinations',
        `${one.name} is off; ${things(one.lag, 'event')} ${one.lag === 1 ? 'waits' : 'wait'} for it in the log.`,
      );
      continue;
    }
    if (one.breaker !== 'closed')
      yield fail(
        'destinations',
        `${one.name} does not take events now, so they wait: ${one.breakerReason ?? 'no reason is known'}`,
        refusesPrivate(status, one)
          ? `Trying again does not help. If it is meant to be reached, stop the server and start it with LEAT_PRIVATE_DESTINATIONS=true; else give it a public address. Then: ${test}`
          : `If it is the settings, mend them: leat destination edit ${one.id} --set …; then its backlog is sent at once. It is tried again by itself${one.nextProbeAt === null ? '' : ` at ${one.nextProbeAt}`} too; see with ${test}.`,
      );
    else if (one.lag > longLag)
      yield warn(
        'destinations',
        `${one.name} is ${things(one.lag, 'event')} behind.`,
        'If it grows, the destination takes fewer events than come in: use batches, or raise its concurrent requests.',
      );
    else if (destinations.find(({ id }) => id === one.id)?.actions.every(({ enabled }) => !enabled))
      yield warn(
        'destinations',
        `${one.name} has no action that is on, so nothing is sent to it.`,
        `Add one in the console, or with PUT /api/v1/destinations/${one.id}/actions.`,
      );
    else yield ok('destinations', `${one.name} takes events${one.lag > 0 ? `; ${count(one.lag)} wait` : ''}.`);
    if (one.deadLetters > 0)
      yield warn(
        'dead letters',
        `${one.name} refused ${things(one.deadLetters, 'event')} in the end; kept as ${one.deadLetters === 1 ? 'a dead letter' : 'dead letters'}.`,
        `See why: leat dead-letters list ${one.id}; mend it, then: leat dead-letters retry ${one.id} --all`,
      );
  }
}

/** Whether the server's own rule stands in the way; the breaker's reason then names the setting. */
const refusesPrivate = (
  { privateDestinations }: StatusView,
  { breakerReason }: StatusView['destinations'][number],
): boolean => !privateDestinations && breakerReason?.includes('LEAT_PRIVATE_DESTINATIONS') === true;
