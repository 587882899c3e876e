// From identifiers to people and to the subjects under which their things are kept, as readers see it.
import type { StatementSync } from 'node:sqlite';
import { identifierKinds } from '../identifiers.ts';
import type { IdentifierKind } from '../identifiers.ts';
import { isCioId, parseCioId } from '../log-position.ts';
import type { LinkRow, PersonRow } from '../workspace-rows.ts';
import { keptSinceDay } from '../workspace-settings.ts';
import { linkColumns, personColumns, toLink, toPerson } from './row-codec.ts';
import type { Columns } from './row-codec.ts';

export type Prepare = (sql: string) => StatementSync;

/** A subject whose things belong to a person, and from when on. */
export interface BoundSubject {
  readonly subject: number;
  /** Activity before this event time does not count. */
  readonly fromAt: number;
  /** Nor does what came in, or last changed, up to this log time. */
  readonly fromLog: number;
  /** Position number after which there is none. */
  readonly until: number;
}

/** Most subjects gathered for one person; a person with more has the others left out. */
const maxSubjects = 10_000;

export class SubjectQueries {
  readonly #prepare: Prepare;

  constructor(prepare: Prepare) {
    this.#prepare = prepare;
  }

  /** The live person behind an identifier, or the one left of a suppressed one: id, email, `cio_…`, phone, anonymous id, the first that leads to one. */
  find(identifier: string, state: 'live' | 'suppressed' = 'live'): PersonRow | null {
    return (
      this.#byIdentifier('id', identifier, state) ??
      this.#byIdentifier('email', identifier.toLowerCase(), state) ??
      this.#byCioId(identifier, state) ??
      this.#byIdentifier('phone', identifier, state) ??
      this.#byIdentifier('anonymous_id', identifier, state)
    );
  }

  #byIdentifier(kind: IdentifierKind, value: string, state: PersonRow['state']): PersonRow | null {
    const owner = this.#owner(kind, value);
    return owner === null || owner < 0 ? null : this.#inState(owner, state);
  }

  #byCioId(text: string, state: PersonRow['state']): PersonRow | null {
    const number = isCioId(text) ? parseCioId(text) : null;
    return number === null ? null : this.#inState(number, state);
  }

  /** The stream of an anonymous id that has not joined; null when there is none. */
  stream(anonymousId: string): number | null {
    const owner = this.#owner('anonymous_id', anonymousId);
    return owner === null || owner > 0 ? null : -owner;
  }

  #owner(kind: IdentifierKind, value: string): number | null {
    const row = this.#prepare('SELECT owner FROM identifier WHERE kind = ? AND value = ?').get(
      identifierKinds.indexOf(kind),
      value,
    );
    return row ? Number(row['owner']) : null;
  }

  /** The person with this number, or the one it was merged into; null when they are gone. */
  live(number: number): PersonRow | null {
    return this.#inState(number, 'live');
  }

  #inState(number: number, state: PersonRow['state']): PersonRow | null {
    let row = this.#person(number);
    while (row?.state === 'merged' && row.parent !== null) row = this.#person(row.parent);
    return row?.state === state ? row : null;
  }

  #person(number: number): PersonRow | null {
    const statement = this.#prepare(`SELECT ${personColumns} FROM person WHERE number = ?`);
    statement.setReturnArrays(true);
    const row = statement.get(number) as unknown as Columns | undefined;
    return row ? toPerson(row) : null;
  }

  /** The person whom something kept under `subject` and last changed at `log` belongs to; null for nobody's. */
  ownerOf(subject: number, log: number): PersonRow | null {
    const link = this.#link(subject);
    if (link && log <= link.fromLog) return null;
    return this.live(link?.parent ?? subject);
  }

  #link(child: number): LinkRow | null {
    const statement = this.#prepare(`SELECT ${linkColumns} FROM link WHERE child = ?`);
    statement.setReturnArrays(true);
    const row = statement.get(child) as unknown as Columns | undefined;
    return row ? toLink(row) : null;
  }

  /** Whether anything leads to what is kept under the subject: a person, or an anonymous id seen of late. */
  isKept(subject: number, log: number): boolean {
    if (this.ownerOf(subject, Number.MAX_SAFE_INTEGER)) return true;
    const row = this.#prepare('SELECT seen_day FROM identifier WHERE owner = ?').get(-subject);
    return row !== undefined && Number(row['seen_day']) >= keptSinceDay(log);
  }

  /** The person, and then all subjects given to them by number; `relatedOnly` leaves out those that can have no relationships. */
  subjectsOf(person: number, relatedOnly = false): readonly BoundSubject[] {
    const found: BoundSubject[] = [
      { subject: person, fromAt: Number.MIN_SAFE_INTEGER, fromLog: 0, until: Number.MAX_SAFE_INTEGER },
    ];
    const statement = this.#prepare(
      `SELECT ${linkColumns} FROM link WHERE parent = ?${relatedOnly ? ' AND related = 1' : ''} ORDER BY child LIMIT ${maxSubjects}`,
    );
    statement.setReturnArrays(true);
    // Grows while it is walked: children come after their parents.
    for (const parent of found) {
      if (found.length >= maxSubjects) break;
      for (const row of statement.all(parent.subject) as unknown as readonly Columns[]) {
        const link = toLink(row);
        found.push({
          subject: link.child,
          fromAt: Math.max(parent.fromAt, link.fromAt),
          fromLog: Math.max(parent.fromLog, link.fromLog),
          until: link.until,
        });
      }
    }
    const [own, ...others] = found.slice(0, maxSubjects);
    return own ? [own, ...others.sort((a, b) => a.subject - b.subject)] : [];
  }
}
