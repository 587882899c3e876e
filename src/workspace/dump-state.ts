// The workspace's logical state as canonical text, to compare two stores byte for byte.
//
// What is logically the same reads the same: merges and joins are resolved, anonymous visitors go by their id, what has
// expired or is unreachable is left out, whether or not a sweep has removed it. Lines come in a fixed order.
import { cioId, positionOf } from './log-position.ts';
import { Attributes, isExpired } from './reducer/attributes.ts';
import type { IdentifierRow, LinkRow, PersonRow } from './workspace-rows.ts';
import { keepMs, keptSinceDay } from './workspace-settings.ts';
import type { WorkspaceStore } from './workspace-store.ts';

/** The state, line by line. Keeps people, identifiers of anonymous visitors and relationships in memory while it runs. */
export async function* dumpState(store: WorkspaceStore): AsyncGenerator<string> {
  const { cursors, log } = await store.position();
  for (const { partition, start, offset } of cursors) yield line('cursor', partition, start, offset);
  yield line('log', log);
  const owners = await Owners.read(store, log);
  yield* dumpPeople(store, owners, log);
  yield* dumpObjects(store, owners, log);
  yield* dumpHistory(store, owners);
  for await (const row of store.scan('transitions'))
    if (!isExpired(row, log)) yield line('transition', row.key, row.log);
  for await (const { minute, sourceId, outcome, events } of store.scan('ledger'))
    yield line('ledger', minute, sourceId, outcome, events);
}

const line = (...parts: readonly unknown[]): string => JSON.stringify(parts);

/** Whose a subject's things are, and from when on. */
interface Owned {
  readonly owner: string;
  readonly fromAt: number;
  readonly fromLog: number;
}

class Owners {
  readonly people = new Map<number, PersonRow>();
  readonly #links = new Map<number, LinkRow>();
  readonly #anonymous = new Map<number, IdentifierRow>();
  readonly #log: number;

  private constructor(log: number) {
    this.#log = log;
  }

  static async read(store: WorkspaceStore, log: number): Promise<Owners> {
    const owners = new Owners(log);
    for await (const row of store.scan('people')) owners.people.set(row.number, row);
    for await (const row of store.scan('links')) owners.#links.set(row.child, row);
    for await (const row of store.scan('identifiers'))
      if (row.stream !== null && row.seenDay >= keptSinceDay(log)) owners.#anonymous.set(row.stream, row);
    return owners;
  }

  /** The person at the end of all merges, in whatever state. */
  root(number: number): PersonRow | null {
    let person = this.people.get(number) ?? null;
    while (person?.state === 'merged')
      person = person.parent === null ? null : (this.people.get(person.parent) ?? null);
    return person;
  }

  /** Null for what is unreachable. */
  of(subject: number): Owned | null {
    const anonymous = this.#anonymous.get(subject);
    if (anonymous)
      return { owner: `anonymous ${anonymous.value}`, fromAt: Number.NEGATIVE_INFINITY, fromLog: this.#log - keepMs };
    let [at, fromAt, fromLog] = [subject, Number.NEGATIVE_INFINITY, 0];
    for (let link = this.#links.get(at); link; link = this.#links.get(at)) {
      fromAt = Math.max(fromAt, link.fromAt);
      fromLog = Math.max(fromLog, link.fromLog);
      at = link.parent;
    }
    const person = this.people.get(at);
    return person?.state === 'live' ? { owner: cioId(at), fromAt, fromLog } : null;
  }
}

async function* dumpPeople(store: WorkspaceStore, owners: Owners, log: number): AsyncGenerator<string> {
  for (const { number, state, floorAt, id, email, phone, createdAt, goneAt, goneLog } of owners.people.values()) {
    if (state === 'live') yield line('person', cioId(number), id, email, phone, createdAt, floorAt);
    if (state === 'suppressed') yield line('suppressed', cioId(number), goneAt, goneLog);
  }
  for await (const { kind, value, owner } of store.scan('identifiers')) {
    const person = owner === null ? null : owners.root(owner);
    if (person?.state === 'live' || person?.state === 'suppressed')
      yield line('identifier', kind, value, person.state, cioId(person.number));
    if (person?.state === 'deleted' && person.goneLog !== null && log - person.goneLog < keepMs)
      yield line('deleted', kind, value, person.goneAt, person.goneLog);
  }
  for await (const { person, attributes, updatedAt } of store.scan('profiles')) {
    yield line('profile', cioId(person), updatedAt);
    yield* dumpAttributes(`of ${cioId(person)}`, attributes, log);
  }
  for await (const { token, person, attributes, ...device } of store.scan('devices')) {
    const owner = owners.root(person);
    if (owner?.state !== 'live') continue;
    const { ownedAt, platform, appIdentifier, lastUsedAt } = device;
    yield line('device', token, cioId(owner.number), ownedAt, platform, appIdentifier, lastUsedAt);
    yield* dumpAttributes(`of device ${token}`, attributes, log);
  }
}

function* dumpAttributes(what: string, attributes: Attributes, log: number): Generator<string> {
  const values = [...attributes.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, { value, at }] of values) yield line('attribute', what, name, value, at);
  const removals = [...attributes.removals()].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, removal] of removals)
    if (!isExpired(removal, log)) yield line('removed', what, name, removal.at, removal.log);
}

async function* dumpObjects(store: WorkspaceStore, owners: Owners, log: number): AsyncGenerator<string> {
  for await (const { typeId, objects } of store.scan('objectTypes')) yield line('object type', typeId, objects);
  const names = new Map<number, string>();
  for await (const row of store.scan('objects')) {
    const { typeId, objectId, attributes, createdAt, updatedAt, floorAt, goneAt, goneLog } = row;
    if (goneAt === null) {
      names.set(row.number, `${typeId}/${objectId}`);
      yield line('object', typeId, objectId, createdAt, updatedAt, floorAt);
      yield* dumpAttributes(`of object ${typeId}/${objectId}`, attributes, log);
    } else if (goneLog !== null && log - goneLog < keepMs)
      yield line('deleted object', typeId, objectId, goneAt, goneLog);
  }
  yield* dumpRelationships(store, owners, names, log);
}

/** Rows come by subject, a person's own not necessarily before those that were merged in: own first, then by number. */
async function* dumpRelationships(
  store: WorkspaceStore,
  owners: Owners,
  names: ReadonlyMap<number, string>,
  log: number,
): AsyncGenerator<string> {
  const found = new Map<string, { readonly own: boolean; readonly log: number; readonly attributes: Attributes }[]>();
  for await (const row of store.scan('relationships')) {
    const owned = owners.of(row.subject);
    const object = names.get(row.object);
    if (!owned || object === undefined || row.log <= owned.fromLog) continue;
    const key = line('relationship', owned.owner, object);
    const rows = found.get(key) ?? [];
    rows.push({ own: owned.owner === cioId(row.subject), log: row.log, attributes: row.attributes });
    found.set(key, rows);
  }
  for (const [key, rows] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const attributes = Attributes.empty();
    for (const row of [...rows.filter(({ own }) => own), ...rows.filter(({ own }) => !own)])
      attributes.merge(row.attributes, log);
    yield line(key, Math.max(...rows.map((row) => row.log)));
    yield* dumpAttributes(`of ${key}`, attributes, log);
  }
}

async function* dumpHistory(store: WorkspaceStore, owners: Owners): AsyncGenerator<string> {
  for await (const { subject, number, ...activity } of store.scan('activities')) {
    const owned = owners.of(subject);
    if (!owned || activity.at < owned.fromAt || activity.log <= owned.fromLog) continue;
    const { partition, offset } = positionOf(number);
    yield line('activity', partition, offset, owned.owner, ...Object.values(activity));
  }
  for await (const { number, ...metric } of store.scan('metrics'))
    yield line('metric', number, ...Object.values(metric));
  for await (const { subject, number, ...content } of store.scan('contents')) {
    const owned = owners.of(subject);
    if (owned) yield line('content', number, owned.owner, ...Object.values(content));
  }
  for await (const effect of store.scan('effects')) yield line('effect', ...Object.values(effect));
}
