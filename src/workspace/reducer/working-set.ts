// The part of the workspace that one batch works on, in memory. It is made for the batch and thrown away after it: the
// engine's page cache serves the next one as well, and large maps would cost more in garbage collection than they save.
//
// Rows come in by `add`, are read with `get` and replaced with `put`. Reading a row that has not been loaded throws
// NotLoaded: whoever runs the reducer rolls the event back, loads the row and reduces the event again. So what is loaded
// ahead is a matter of speed only, and never of the result. An event is all or nothing: `begin`, then either the next
// `begin` or `rollback`.
import { maxOrdinal, positionNumber } from '../log-position.ts';
import { objectKey, parseObjectKey, parseRelationshipKey, relationshipKey } from '../row-keys.ts';
import type {
  ActivityRow,
  ContentRow,
  DeviceRow,
  Garbage,
  LinkRow,
  LoadedRows,
  MetricRow,
  ObjectRow,
  ObjectTypeRow,
  PersonRow,
  ProfileRow,
  RelationshipRow,
  RowKeys,
  TransitionRow,
} from '../workspace-rows.ts';
import { IdentifierTables, NotLoaded, Table } from './row-table.ts';
import type { Undo } from './row-table.ts';

/** Where in the log the event being reduced stands. */
export interface EventPlace {
  readonly partition: number;
  readonly offset: number;
}

export class WorkingSet {
  readonly #undo: Undo[] = [];
  readonly identifiers = new IdentifierTables(this.#undo);
  readonly people = new Table<number, PersonRow>(this.#undo, (key) => ({ people: [key] }));
  readonly profiles = new Table<number, ProfileRow>(this.#undo, (key) => ({ profiles: [key] }));
  readonly devices = new Table<string, DeviceRow>(this.#undo, (key) => ({ devices: [key] }));
  readonly objects = new Table<string, ObjectRow>(this.#undo, (key) => ({ objects: [parseObjectKey(key)] }));
  readonly objectTypes = new Table<string, ObjectTypeRow>(this.#undo, (key) => ({ objectTypes: [key] }));
  readonly relationships = new Table<string, RelationshipRow>(this.#undo, (key) => ({
    relationships: [parseRelationshipKey(key)],
  }));
  readonly transitions = new Table<string, TransitionRow>(this.#undo, (key) => ({ transitions: [key] }));
  /** Links that may lead to relationships or devices, by parent, as far as loaded; new ones are in `newLinks` too. */
  readonly #links = new Map<number, readonly LinkRow[]>();

  /** What the batch adds. */
  readonly activities: ActivityRow[] = [];
  readonly metrics: MetricRow[] = [];
  readonly contents: ContentRow[] = [];
  readonly newLinks: LinkRow[] = [];
  readonly garbage: Garbage[] = [];
  readonly #lists: readonly unknown[][] = [this.activities, this.metrics, this.contents, this.newLinks, this.garbage];
  #lengths: readonly number[] = [0, 0, 0, 0, 0];

  /** Owners of loaded identifiers that the store says are live. */
  readonly #live = new Set<number>();
  /** Subjects and objects made in this batch: the store cannot hold anything under them. */
  readonly #freshSubjects = new Set<number>();
  readonly #freshObjects = new Set<number>();
  #place: EventPlace = { partition: 0, offset: 0 };
  #ordinal = 1;
  #log: number;
  #logBefore: number;
  #lastObject: number;
  #lastObjectBefore: number;
  #weight = 0;

  /** `log`: the log time so far; `lastObject`: the last number given to an object. */
  constructor(log: number, lastObject: number) {
    this.#log = this.#logBefore = log;
    this.#lastObject = this.#lastObjectBefore = lastObject;
  }

  /** The log time: the latest time of receipt so far. It never goes back, whatever the server's clock does. */
  get log(): number {
    return this.#log;
  }

  get lastObject(): number {
    return this.#lastObject;
  }

  /** Characters of the attributes that were loaded. */
  get weight(): number {
    return this.#weight;
  }

  /** Begins the next event; what the last one did is settled. */
  begin(place: EventPlace, receivedAt: number): void {
    this.#undo.length = 0;
    this.#lengths = this.#lists.map((list) => list.length);
    this.#logBefore = this.#log;
    this.#lastObjectBefore = this.#lastObject;
    this.#log = Math.max(this.#log, receivedAt);
    this.#place = place;
    this.#ordinal = 1;
  }

  /** Undoes all that was done since `begin`. */
  rollback(): void {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) undo();
    this.#lists.forEach((list, index) => {
      list.length = this.#lengths[index] ?? 0;
    });
    this.#log = this.#logBefore;
    this.#lastObject = this.#lastObjectBefore;
  }

  /** A number for the next thing that the event brings into being. */
  newNumber(): number {
    if (this.#ordinal > maxOrdinal) throw new Error('one event makes more people than can be numbered');
    return positionNumber(this.#place.partition, this.#place.offset, this.#ordinal++);
  }

  /** A number for a new person or stream. */
  newSubject(): number {
    const number = this.newNumber();
    this.#freshSubjects.add(number);
    return number;
  }

  newObject(): number {
    this.#freshObjects.add(++this.#lastObject);
    return this.#lastObject;
  }

  /** Whether a number is that of a live person, as far as known; their row need not have been loaded for that. */
  isLive(number: number): boolean {
    const row = this.people.peek(number);
    return row === undefined ? this.#live.has(number) : row?.state === 'live';
  }

  profile(person: number): ProfileRow | null {
    if (this.#freshSubjects.has(person)) return this.profiles.peek(person) ?? null;
    return this.profiles.get(person);
  }

  relationship(subject: number, object: number): RelationshipRow | null {
    const key = relationshipKey(subject, object);
    if (this.#freshSubjects.has(subject) || this.#freshObjects.has(object)) return this.relationships.peek(key) ?? null;
    return this.relationships.get(key);
  }

  /** The relationships there are between any of the subjects and an object; misses are asked for all at once. */
  relationshipsOf(subjects: readonly number[], object: number): readonly RelationshipRow[] {
    const missing = subjects.filter((subject) => !this.#isKnown(subject, object));
    if (missing.length > 0) throw new NotLoaded({ relationships: missing.map((subject) => ({ subject, object })) });
    return subjects.flatMap((subject) => this.relationship(subject, object) ?? []);
  }

  #isKnown(subject: number, object: number): boolean {
    const fresh = this.#freshSubjects.has(subject) || this.#freshObjects.has(object);
    return fresh || this.relationships.peek(relationshipKey(subject, object)) !== undefined;
  }

  /** The related links of a subject. */
  linksOf(parent: number): readonly LinkRow[] {
    const known = this.#links.get(parent);
    if (known) return known;
    if (this.#freshSubjects.has(parent)) return this.#newLinksOf(parent);
    throw new NotLoaded({ links: [parent] });
  }

  addLink(link: LinkRow): void {
    this.newLinks.push(link);
    const known = this.#links.get(link.parent);
    if (!known || !link.related) return;
    this.#undo.push(() => this.#links.set(link.parent, known));
    this.#links.set(link.parent, [...known, link]);
  }

  /** Takes in rows loaded for `keys`. */
  add(keys: Partial<RowKeys>, rows: LoadedRows): void {
    for (const heavy of [rows.profiles, rows.devices, rows.objects, rows.relationships])
      for (const { attributes } of heavy) this.#weight += attributes.weight;
    for (const row of rows.identifiers) this.identifiers.know(row.kind, row.value, row);
    for (const row of rows.people) this.people.know(row.number, row);
    for (const { owner } of rows.identifiers)
      if (owner !== null && this.people.peek(owner) === undefined) this.#live.add(owner);
    for (const row of rows.profiles) this.profiles.know(row.person, row);
    for (const row of rows.devices) this.devices.know(row.token, row);
    for (const row of rows.objects) this.objects.know(objectKey(row), row);
    for (const row of rows.objectTypes) this.objectTypes.know(row.typeId, row);
    for (const row of rows.relationships) this.relationships.know(relationshipKey(row.subject, row.object), row);
    for (const row of rows.transitions) this.transitions.know(row.key, row);
    for (const key of keys.identifiers ?? []) this.identifiers.know(key.kind, key.value, null);
    for (const key of keys.people ?? []) this.people.know(key, null);
    for (const key of keys.profiles ?? []) this.profiles.know(key, null);
    for (const key of keys.devices ?? []) this.devices.know(key, null);
    for (const key of keys.objects ?? []) this.objects.know(objectKey(key), null);
    for (const key of keys.objectTypes ?? []) this.objectTypes.know(key, null);
    for (const key of keys.relationships ?? []) this.relationships.know(relationshipKey(key.subject, key.object), null);
    for (const key of keys.transitions ?? []) this.transitions.know(key, null);
    for (const parent of [...(keys.links ?? []), ...rows.links.map(({ child }) => child)])
      if (!this.#links.has(parent))
        this.#links.set(parent, [...rows.links.filter((link) => link.parent === parent), ...this.#newLinksOf(parent)]);
  }

  #newLinksOf(parent: number): LinkRow[] {
    return this.newLinks.filter((link) => link.related && link.parent === parent);
  }
}
