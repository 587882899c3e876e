// From a record of the log to commands: parsed, routed through the workspace's actions, mapped.
import { parseTime } from '../event/event-time.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { LogRecord } from '../log/event-log.ts';
import type { Router } from '../routing/router.ts';
import { workspaceAction } from './actions/workspace-kind.ts';
import { notForUs, unusable } from './commands.ts';
import type { Command, Unusable } from './commands.ts';
import type { EventFacts } from './reducer/event-context.ts';

/** An event with what is asked of the workspace; or with what went wrong before anything could be asked. */
export interface PreparedEvent {
  readonly facts: EventFacts;
  readonly commands: readonly (Command | Unusable)[];
  readonly error: unknown;
}

/** Never throws: what cannot be read or mapped comes back with its error. */
export function prepareEvent(record: LogRecord, router: Router): PreparedEvent {
  const { partition, offset, sourceId, messageId, receivedAt } = record;
  const facts = { partition, offset, sourceId, messageId, receivedAt };
  try {
    return { facts, commands: toCommands(record, router), error: null };
  } catch (error) {
    return { facts, commands: [], error: error ?? new Error('unknown') };
  }
}

const filteredNotes = {
  disabled: notForUs('the workspace is switched off'),
  source_not_connected: notForUs('the source is not connected to the workspace'),
  integrations: notForUs('the call’s integrations leave the workspace out'),
  no_action_matches: notForUs('no action of the workspace matches'),
} as const;

function toCommands(record: LogRecord, router: Router): readonly (Command | Unusable)[] {
  const event = JSON.parse(record.body) as CanonicalEvent;
  const route = router.route(event, record.sourceId);
  if (route.kind === 'filtered') return [filteredNotes[route.reason]];
  const ms = parseTime(event.timestamp);
  const moment = { text: event.timestamp, ms: Number.isNaN(ms) ? record.receivedAt : ms };
  return route.actions.map(({ action, payload }) => {
    const kind = workspaceAction(action.kind);
    return kind ? kind.toCommand(payload, moment) : unusable('invalid', `the workspace has no action ${action.kind}`);
  });
}
