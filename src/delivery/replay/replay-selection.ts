// Which events of its stretch a replay means.
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { InputError } from '../../errors/errors.ts';
import { compileTrigger } from '../../routing/fql/compile-trigger.ts';
import { parseTrigger } from '../../routing/fql/parse-trigger.ts';
import type { FeedEvent } from '../event-feed.ts';
import type { ReplaySpec } from './replay.ts';

export type Selection = (event: FeedEvent) => boolean;

/** Throws InputError naming `filter` when that cannot be read. */
export function compileSelection({ filter, sourceIds }: Pick<ReplaySpec, 'filter' | 'sourceIds'>): Selection {
  const matches = filter === null ? null : compileFilter(filter);
  const sources = sourceIds && new Set(sourceIds);
  return ({ event, sourceId }) =>
    (sources === null || sources.has(sourceId)) && (matches === null || (event !== null && matches(event)));
}

function compileFilter(filter: string): (event: CanonicalEvent) => boolean {
  try {
    return compileTrigger(parseTrigger(filter));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, error.message, 'filter', { cause: error });
  }
}
