// Which event set an attribute. The workspace keeps the time of each value, not the event; the log and the recorded
// effects know the rest: of the events received from that time on that touched the person, the one of that very time.
import type { Person } from '../workspace/workspace-reader.ts';
import type { AdminDeps } from './admin-deps.ts';
import { parseStoredEvent } from './stored-event.ts';

export interface AttributeOrigin {
  readonly attribute: string;
  /** Event time, ms. */
  readonly at: number;
  readonly sourceId: string;
  readonly messageId: string;
}

interface Candidate {
  readonly at: number;
  readonly sourceId: string;
  readonly messageId: string;
  readonly changes: ReadonlySet<string>;
}

type Deps = Pick<AdminDeps, 'log' | 'workspace'>;

/** Times looked up for one person, the latest first; more are rarely there, and each is a search of its own. */
const maxTimes = 30;

/** Of each attribute whose event is found; the later in the log of two at one time. */
export async function attributeOrigins(deps: Deps, person: Person): Promise<readonly AttributeOrigin[]> {
  const attributes = Object.entries(person.attributes);
  const times = [...new Set(attributes.map(([, { at }]) => at))].sort((a, b) => b - a).slice(0, maxTimes);
  const known = new Map<number, readonly Candidate[]>();
  for (const at of times) known.set(at, await candidatesAt(deps, person.identifiers.cioId, at));
  return attributes.flatMap(([attribute, { at }]) => {
    const candidates = known.get(at) ?? [];
    // A value that was there before is set again without a change on record.
    const event = candidates.findLast(({ changes }) => changes.has(`attribute ${attribute}`)) ?? candidates.at(-1);
    return event ? [{ attribute, at, sourceId: event.sourceId, messageId: event.messageId }] : [];
  });
}

/** Events on the person whose own time this is, in the order of the log. */
async function candidatesAt({ log, workspace }: Deps, cioId: string, at: number): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (const partition of await log.partitions()) {
    const { end } = await log.range(partition);
    const from = await log.offsetAt(partition, at);
    if (from >= end) continue;
    for (const { offset, changes } of await workspace.effectsOn(cioId, partition, from)) {
      const { records } = await log.read(partition, offset, 1, 1);
      const [record] = records;
      if (!record || record.offset !== offset) continue;
      const { timestamp } = parseStoredEvent(record.body);
      if (Math.min(Date.parse(timestamp), record.receivedAt) !== at) continue;
      found.push({ at, sourceId: record.sourceId, messageId: record.messageId, changes: new Set(changes) });
    }
  }
  return found;
}
