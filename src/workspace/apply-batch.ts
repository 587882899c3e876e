// Applies one batch: load, reduce event by event, commit. What a batch holds never shows in the result.
import { LedgerCounts } from './ledger-counts.ts';
import { dependentKeys, emailKeys, namedKeys } from './preload.ts';
import type { PreparedEvent } from './prepare-event.ts';
import { reduceEvent } from './reducer/reduce-event.ts';
import type { Effect } from './reducer/reduce-event.ts';
import { NotLoaded } from './reducer/row-table.ts';
import type { WorkingSet } from './reducer/working-set.ts';
import type { RowKeys } from './workspace-rows.ts';
import type { WorkspaceSettings } from './workspace-settings.ts';
import type { RowChanges, WorkspaceCommit, WorkspaceStore } from './workspace-store.ts';

export interface Batch {
  readonly events: readonly PreparedEvent[];
  /** What the batch moves and counts besides: cursor, new actions, a gap. */
  readonly frame: Pick<WorkspaceCommit, 'partition' | 'from' | 'to' | 'actions' | 'gap'>;
  /** Counts that are not of its events. */
  readonly counts?: (counts: LedgerCounts) => void;
}

export interface BatchTools {
  readonly store: WorkspaceStore;
  readonly settings: WorkspaceSettings;
  /** An event that the reducer could not take. It is discarded as `internal`; everything else goes on. */
  readonly poison: (event: PreparedEvent, error: unknown) => void;
}

/** Most times that one event is reduced anew for rows it asks for; a call names far fewer things. */
const maxLoads = 10_000;

/** Characters of attributes from which a batch ends early: a thousand people may have 100 KB each. */
const maxWeight = 8 * 1024 * 1024;
/** Rows with attributes are loaded this many at a time, so that the weight is noticed. */
const heavyRowsAtOnce = 128;

/**
 * Resolves with the new cursor when the batch is committed, or the first part of it. On rejection nothing is, and `set`
 * must not be used again.
 */
export async function applyBatch(tools: BatchTools, set: WorkingSet, batch: Batch): Promise<number> {
  const { store } = tools;
  const commands = batch.events.flatMap((event) => event.commands);
  await loadInto(store, set, namedKeys(set, commands));
  await loadInto(store, set, dependentKeys(set, commands));
  await loadInto(store, set, emailKeys(set, commands));

  const counts = new LedgerCounts();
  const effects: Effect[] = [];
  let { to } = batch.frame;
  for (const event of batch.events) {
    if (set.weight > maxWeight && effects.length > 0) {
      to = event.facts.offset;
      break;
    }
    const effect = await reduceOne(tools, set, event);
    effects.push(effect);
    counts.addEffect(event.facts.sourceId, event.facts.receivedAt, effect);
  }
  batch.counts?.(counts);
  await store.commit({
    ...batch.frame,
    to,
    log: set.log,
    lastObject: set.lastObject,
    rows: changesOf(set),
    effects,
    ledger: counts.rows(),
  });
  return to;
}

async function reduceOne(
  { store, settings, poison }: BatchTools,
  set: WorkingSet,
  event: PreparedEvent,
): Promise<Effect> {
  if (event.error !== null) {
    poison(event, event.error);
    return poisoned(event);
  }
  for (let loads = 0; ; loads++) {
    set.begin(event.facts, event.facts.receivedAt);
    let missing: Partial<RowKeys>;
    try {
      return reduceEvent(set, settings, event.facts, event.commands);
    } catch (error) {
      set.rollback();
      if (!(error instanceof NotLoaded) || loads === maxLoads) {
        poison(event, error);
        return poisoned(event);
      }
      missing = error.keys;
    }
    set.add(missing, await store.load(missing));
  }
}

const poisoned = ({ facts: { partition, offset } }: PreparedEvent): Effect => ({
  partition,
  offset,
  person: null,
  outcome: 'discarded',
  reason: 'internal',
  changes: [],
  notes: ['Leat failed on this event; its log says how'],
});

/** Loads what a batch is expected to need; stops when that gets too heavy, and leaves the rest to be asked for. */
async function loadInto(store: WorkspaceStore, set: WorkingSet, keys: Partial<RowKeys>): Promise<void> {
  for (const part of inParts(keys)) {
    if (set.weight > maxWeight) return;
    set.add(part, await store.load(part));
  }
}

function* inParts({
  profiles = [],
  devices = [],
  objects = [],
  relationships = [],
  ...light
}: Partial<RowKeys>): Generator<Partial<RowKeys>> {
  if (Object.values(light).some((list) => list.length > 0)) yield light;
  const most = Math.max(profiles.length, devices.length, objects.length, relationships.length);
  for (let from = 0; from < most; from += heavyRowsAtOnce) {
    const to = from + heavyRowsAtOnce;
    yield {
      profiles: profiles.slice(from, to),
      devices: devices.slice(from, to),
      objects: objects.slice(from, to),
      relationships: relationships.slice(from, to),
    };
  }
}

const changesOf = (set: WorkingSet): RowChanges => ({
  identifiers: set.identifiers.changes(),
  people: set.people.changes(),
  profiles: set.profiles.changes(),
  devices: set.devices.changes(),
  objects: set.objects.changes(),
  objectTypes: set.objectTypes.changes(),
  relationships: set.relationships.changes(),
  transitions: set.transitions.changes(),
  newLinks: set.newLinks,
  activities: set.activities,
  metrics: set.metrics,
  contents: set.contents,
  garbage: set.garbage,
});
