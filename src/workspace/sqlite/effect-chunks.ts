// Effects as they are stored: chunks of up to 256 events in one row, as JSON. One row for each event would cost more than
// applying it.
import type { DiscardReason } from '../commands.ts';
import type { Effect } from '../reducer/reduce-event.ts';

const effectsPerChunk = 256;
const outcomes = ['delivered', 'filtered', 'discarded'] as const;

/** [offset, person or 0, outcome, reason or 0, changes or 0, notes or 0]; 0 changes stand for one activity. */
type StoredEffect = readonly [number, number, number, DiscardReason | 0, readonly string[] | 0, readonly string[] | 0];

export interface EffectChunk {
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** Packs the effects of one partition, which are in order. */
export function toChunks(effects: readonly Effect[]): readonly EffectChunk[] {
  const chunks: EffectChunk[] = [];
  for (let start = 0; start < effects.length; start += effectsPerChunk) {
    const part = effects.slice(start, start + effectsPerChunk);
    const [first, last] = [part[0], part.at(-1)];
    if (!first || !last) continue;
    const text = JSON.stringify(part.map(toStored));
    chunks.push({ partition: first.partition, first: first.offset, last: last.offset, text });
  }
  return chunks;
}

function toStored({ offset, person, outcome, reason, changes, notes }: Effect): StoredEffect {
  const plain = changes.length === 1 && changes[0] === 'activity';
  const code = outcomes.indexOf(outcome);
  return [offset, person ?? 0, code, reason ?? 0, plain ? 0 : changes, notes.length === 0 ? 0 : notes];
}

export function fromChunk(partition: number, text: string): readonly Effect[] {
  const stored = JSON.parse(text) as readonly StoredEffect[];
  return stored.map(([offset, person, outcome, reason, changes, notes]) => ({
    partition,
    offset,
    person: person === 0 ? null : person,
    outcome: outcomes[outcome] ?? 'delivered',
    reason: reason === 0 ? null : reason,
    changes: changes === 0 ? ['activity'] : changes,
    notes: notes === 0 ? [] : notes,
  }));
}
