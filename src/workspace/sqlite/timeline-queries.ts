// Timelines, latest first: the activity of a person and of everything that was given to them, merged by event time.
//
// First comes what is in the tail, looked through whole. Then each stretch is asked for each subject, the one with the latest
// times first, until a page is full and no stretch left can hold anything later. Stretches before a subject was first seen,
// or after it was given away, are not asked.
import { InputError } from '../../errors/errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import { positionOf } from '../log-position.ts';
import type { Activity, Paged } from '../workspace-reader.ts';
import type { ActivityRow } from '../workspace-rows.ts';
import { keepMs } from '../workspace-settings.ts';
import { readMeta } from './meta-rows.ts';
import { activityColumns, toActivity } from './row-codec.ts';
import type { Columns } from './row-codec.ts';
import { epochOf, parseStretch, partitionOfEpoch } from './stretches.ts';
import type { BoundSubject, Prepare, SubjectQueries } from './subject-queries.ts';
import { readTails } from './timeline-tail.ts';

interface Place {
  readonly at: number;
  readonly number: number;
}

const beyondAll: Place = { at: Number.MAX_SAFE_INTEGER, number: Number.MAX_SAFE_INTEGER };

export class TimelineQueries {
  readonly #prepare: Prepare;
  readonly #subjects: SubjectQueries;

  constructor(prepare: Prepare, subjects: SubjectQueries) {
    this.#prepare = prepare;
    this.#subjects = subjects;
  }

  page(identifier: string, cursor: string | null, limit: number): Paged<Activity> {
    const before = cursor === null ? beyondAll : parsePlace(cursor);
    const found = this.#latest(this.#subjectsFor(identifier), before, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(toItem), next: found.length > limit && last ? `${last.at}.${last.number}` : null };
  }

  #subjectsFor(identifier: string): readonly BoundSubject[] {
    const person = this.#subjects.find(identifier);
    if (person) return this.#subjects.subjectsOf(person.number);
    const stream = this.#subjects.stream(identifier);
    if (stream === null) return [];
    const fromLog = readMeta(this.#prepare, 'log') - keepMs;
    return [{ subject: stream, fromAt: Number.MIN_SAFE_INTEGER, fromLog, until: Number.MAX_SAFE_INTEGER }];
  }

  #latest(subjects: readonly BoundSubject[], before: Place, count: number): readonly ActivityRow[] {
    if (subjects.length === 0) return [];
    let latest = this.#inTails(subjects, before, count);
    const spans = subjects.map((bound) => ({ ...bound, first: epochOf(bound.subject), last: epochOf(bound.until) }));
    const stretches = this.#prepare(
      'SELECT stretch, min_at, max_at FROM stretch WHERE min_at <= ? ORDER BY max_at DESC',
    ).all(before.at);
    for (const row of stretches) {
      const stretch = Number(row['stretch']);
      const worst = latest.length === count ? latest.at(-1) : undefined;
      if (worst && Number(row['max_at']) < worst.at) break;
      const { from, to } = parseStretch(stretch);
      const partition = partitionOfEpoch(from);
      for (const span of spans) {
        if (partition === partitionOfEpoch(span.first) && to <= span.first) continue;
        if (partition === partitionOfEpoch(span.last) && from > span.last) continue;
        const more = this.#ofSubject(stretch, span, before, count);
        if (more.length > 0) latest = [...latest, ...more].sort(latestFirst).slice(0, count);
      }
    }
    return latest;
  }

  #inTails(subjects: readonly BoundSubject[], before: Place, count: number): readonly ActivityRow[] {
    const bounds = new Map(subjects.map((bound) => [bound.subject, bound]));
    const list = JSON.stringify([...bounds.keys()]);
    // The places alone: a thousand rows of properties may be 30 MB.
    const statement = this.#prepare(
      `SELECT at, number, subject, coalesce(log, received_at) AS log FROM activity
       WHERE number >= ? AND number < ? AND subject IN (SELECT value FROM json_each(?))`,
    );
    const places: Place[] = [];
    for (const { from, to } of readTails(this.#prepare))
      for (const row of statement.all(from, to, list)) {
        const place = { at: Number(row['at']), number: Number(row['number']) };
        const bound = bounds.get(Number(row['subject']));
        if (!bound || place.at < bound.fromAt || Number(row['log']) <= bound.fromLog) continue;
        if (latestFirst(before, place) < 0) places.push(place);
      }
    return this.#rowsAt(places.sort(latestFirst).slice(0, count));
  }

  /** In the order of the places. */
  #rowsAt(places: readonly Place[]): readonly ActivityRow[] {
    const statement = this.#prepare(
      `SELECT ${activityColumns} FROM activity CROSS JOIN source ON source.number = source WHERE activity.number = ?`,
    );
    statement.setReturnArrays(true);
    return places.flatMap(({ number }) => (statement.all(number) as unknown as readonly Columns[]).map(toActivity));
  }

  #ofSubject(stretch: number, bound: BoundSubject, before: Place, count: number): readonly ActivityRow[] {
    // CROSS JOIN: entries first, then the row of each.
    const statement = this.#prepare(
      `SELECT ${activityColumns} FROM timeline CROSS JOIN activity USING (number) CROSS JOIN source ON source.number = source
       WHERE stretch = ? AND timeline.subject = ? AND (timeline.at, timeline.number) < (?, ?) AND timeline.at >= ?
         AND coalesce(log, received_at) > ?
       ORDER BY timeline.at DESC, timeline.number DESC LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const rows = statement.all(stretch, bound.subject, before.at, before.number, bound.fromAt, bound.fromLog, count);
    return (rows as unknown as readonly Columns[]).map(toActivity);
  }
}

const latestFirst = (a: Place, b: Place): number => b.at - a.at || b.number - a.number;

function parsePlace(cursor: string): Place {
  const match = /^(-?\d{1,16})\.(\d{1,16})$/.exec(cursor);
  if (!match) throw new InputError('invalid_request', 'The cursor is not one of this list.', 'cursor');
  return { at: Number(match[1]), number: Number(match[2]) };
}

function toItem(row: ActivityRow): Activity {
  const { subject: _, log: __, number, properties, ...activity } = row;
  return { ...positionOf(number), ...activity, properties: JSON.parse(properties) as JsonObject };
}
