// Turns the overview's answer into series for charts, each thing in one colour in all of them. Pure.
import { formatCount, formatDuration, formatShare, nameOf, sum, workspaceId } from './flow-figures.ts';
import type { Named } from './flow-figures.ts';
import type { Overview } from './overview-queries.ts';
import { mostSeries } from './series.ts';
import type { Series } from './series.ts';

type Destination = Overview['destinations'][number];

/** What a source sent, taken and not. */
interface Intake {
  readonly name: string;
  readonly accepted: readonly number[];
  readonly rejected: readonly number[];
}

export interface IntakeSeries {
  readonly accepted: readonly Series[];
  readonly rejected: readonly Series[];
}

/** By source, the busiest first; the least busy become one when there are too many to tell apart. */
export function intakeSeries({ sources, rejections, steps }: Overview, names: readonly Named[]): IntakeSeries {
  const zeros = steps.map(() => 0);
  const rejectedBy = Map.groupBy(rejections, ({ sourceId }) => sourceId);
  const rejectedOf = (id: string | null): readonly number[] =>
    addUp(
      (rejectedBy.get(id) ?? []).map(({ calls }) => calls),
      zeros,
    );
  const acceptedBy = new Map(sources.map(({ sourceId, accepted }) => [sourceId, accepted]));
  const ids = new Set([...acceptedBy.keys(), ...rejectedBy.keys()]);
  const found = [...ids].map((id): Intake => ({
    name: id === null ? 'Unrecognised keys' : nameOf(names, id),
    accepted: (id === null ? null : acceptedBy.get(id)) ?? zeros,
    rejected: rejectedOf(id),
  }));
  const volume = ({ accepted, rejected }: Intake): number => sum(accepted) + sum(rejected);
  const shown = fewEnough(
    found.toSorted((a, b) => volume(b) - volume(a)),
    (rest) => ({
      name: 'Others',
      accepted: addUp(
        rest.map(({ accepted }) => accepted),
        zeros,
      ),
      rejected: addUp(
        rest.map(({ rejected }) => rejected),
        zeros,
      ),
    }),
  );
  const counted = (of: 'accepted' | 'rejected'): readonly Series[] =>
    shown.flatMap(({ name, [of]: values }, color) =>
      sum(values) === 0 ? [] : [{ name, values, note: formatCount(sum(values)), color }],
    );
  return { accepted: counted('accepted'), rejected: counted('rejected') };
}

/** What became of events at a destination. */
interface Outcome {
  readonly name: string;
  readonly delivered: readonly number[];
  readonly failed: readonly number[];
  readonly delays: readonly (number | null)[];
  readonly p95Ms: number | null;
}

export interface OutcomeSeries {
  readonly delivered: readonly Series[];
  readonly success: readonly Series[];
  readonly delay: readonly Series[];
}

/** By destination, those with failures first, so that they are never among the rest; then by what they took. */
export function outcomeSeries({ destinations, steps }: Overview, names: readonly Named[]): OutcomeSeries {
  const zeros = steps.map(() => 0);
  const found = destinations.filter(({ destinationId }) => destinationId !== workspaceId).map(toOutcome);
  const shown = fewEnough(
    found.toSorted((a, b) => sum(b.failed) - sum(a.failed) || sum(b.delivered) - sum(a.delivered)),
    (rest) => ({
      name: 'Others',
      delivered: addUp(
        rest.map(({ delivered }) => delivered),
        zeros,
      ),
      failed: addUp(
        rest.map(({ failed }) => failed),
        zeros,
      ),
      delays: steps.map((_, index) => slowest(rest.map(({ delays }) => delays[index] ?? null))),
      p95Ms: slowest(rest.map(({ p95Ms }) => p95Ms)),
    }),
  ).map((outcome, color) => ({ ...outcome, color }));
  return {
    delivered: shown.flatMap(({ name, delivered, color }) =>
      sum(delivered) === 0 ? [] : [{ name, values: delivered, note: formatCount(sum(delivered)), color }],
    ),
    success: shown.flatMap(({ name, delivered, failed, color }) => {
      const rate = share(sum(delivered), sum(failed));
      const values = delivered.map((count, index) => share(count, failed[index] ?? 0));
      return rate === null ? [] : [{ name, values, note: formatShare(rate), color }];
    }),
    delay: shown.flatMap(({ name, delays, p95Ms, color }) =>
      p95Ms === null ? [] : [{ name, values: delays, note: formatDuration(p95Ms), color }],
    ),
  };

  function toOutcome({ destinationId, delivered, failed, delays, delay }: Destination): Outcome {
    const name = nameOf(names, destinationId);
    return { name, delivered, failed, delays: delays.map(({ p95Ms }) => p95Ms), p95Ms: delay.p95Ms };
  }
}

function fewEnough<T>(found: readonly T[], others: (rest: readonly T[]) => T): readonly T[] {
  if (found.length <= mostSeries) return found;
  return [...found.slice(0, mostSeries - 1), others(found.slice(mostSeries - 1))];
}

const addUp = (series: readonly (readonly number[])[], zeros: readonly number[]): readonly number[] =>
  zeros.map((_, index) => sum(series.map((values) => values[index] ?? 0)));

const share = (delivered: number, failed: number): number | null =>
  delivered + failed === 0 ? null : delivered / (delivered + failed);

function slowest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
