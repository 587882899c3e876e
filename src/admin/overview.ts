// How things went over a stretch of time, in steps that a chart can show: what came in by source, what became of it by
// destination, how long deliveries took, what was rejected, and how long the oldest event waits at present.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Destination } from '../control/model.ts';
import type { IntakeStore } from '../control/intake-store.ts';
import type { Clock } from '../lib/clock.ts';
import { delayOfShare } from '../delivery/delay-class.ts';
import type { DelayClass } from '../delivery/delay-class.ts';
import type { DeliveryReader } from '../delivery/delivery-reader.ts';
import type { LogReader } from '../log/event-log.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';

interface OverviewDeps {
  readonly log: Pick<LogReader, 'counts' | 'read' | 'range'>;
  readonly delivery: Pick<DeliveryReader, 'ledger' | 'delays' | 'states'>;
  readonly workspace: Pick<WorkspaceReader, 'ledger' | 'cursors'>;
  readonly intake: Pick<IntakeStore, 'rejectionMinutes'>;
  readonly clock: Clock;
}

/** Minutes `[from, to)` in steps; a step begins at a multiple of its length. */
export interface OverviewWindow {
  readonly from: number;
  readonly to: number;
  readonly stepMinutes: number;
}

interface Outcomes {
  readonly delivered: number[];
  readonly filtered: number[];
  readonly discarded: number[];
  readonly failed: number[];
}

/** Within how many ms half and 95 % of the deliveries were made, to the class; null when there were none. */
interface Delay {
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
}

export interface Overview {
  /** First minute of each step. */
  readonly steps: readonly number[];
  readonly sources: readonly {
    readonly sourceId: string;
    readonly accepted: readonly number[];
    readonly duplicates: readonly number[];
  }[];
  /** By source, null under unrecognised keys, and reason. */
  readonly rejections: readonly {
    readonly sourceId: string | null;
    readonly reason: string;
    readonly calls: readonly number[];
  }[];
  readonly destinations: readonly ({
    readonly destinationId: string;
    /** Of those that were sent: null when none was. */
    readonly successRate: number | null;
    /** Age of the oldest event that is not done; 0 when none waits. */
    readonly waitingMs: number;
    /** From receipt to delivery, over the whole window, and by step. */
    readonly delay: Delay;
    readonly delays: readonly Delay[];
  } & Outcomes)[];
}

/** Lengths of a step, minutes: whole parts of an hour, a day, or days. */
const stepLengths = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];
const maxSteps = 180;

/** The finest steps that stay few enough for a chart. */
export const stepFor = (minutes: number): number => stepLengths.find((step) => minutes / step <= maxSteps) ?? 1440;

export async function readOverview(
  deps: OverviewDeps,
  destinations: readonly Destination[],
  window: OverviewWindow,
): Promise<Overview> {
  const { from, to, stepMinutes } = window;
  const first = from - (from % stepMinutes);
  const steps = Array.from({ length: Math.ceil((to - first) / stepMinutes) }, (_, at) => first + at * stepMinutes);
  const place = (minute: number): number => (minute - first) / stepMinutes;
  const zeros = (): number[] => steps.map(() => 0);

  const [counts, workspaceRows, deliveryRows, delayRows, rejected, ages] = await Promise.all([
    deps.log.counts(from, to, stepMinutes),
    deps.workspace.ledger(from, to, stepMinutes),
    deps.delivery.ledger(from, to, stepMinutes),
    deps.delivery.delays(from, to, stepMinutes),
    deps.intake.rejectionMinutes(from, to, stepMinutes),
    readWaiting(deps, destinations),
  ]);

  const sources = new Map<string, { accepted: number[]; duplicates: number[] }>();
  for (const { sourceId, minute, accepted, duplicates } of counts) {
    const series = sources.get(sourceId) ?? { accepted: zeros(), duplicates: zeros() };
    sources.set(sourceId, series);
    add(series.accepted, place(minute), accepted);
    add(series.duplicates, place(minute), duplicates);
  }

  const rejections = Map.groupBy(rejected, ({ sourceId, reason }) => JSON.stringify([sourceId, reason]));
  const delays = Map.groupBy(delayRows, ({ destinationId }) => destinationId);
  const outcomes = new Map<string, Outcomes>(
    destinations.map(({ id }) => [id, { delivered: zeros(), filtered: zeros(), discarded: zeros(), failed: zeros() }]),
  );
  for (const row of [
    ...workspaceRows.map((one) => ({ ...one, destinationId: workspaceDestinationId, failed: 0 })),
    ...deliveryRows,
  ]) {
    // Rows of a destination that was deleted meanwhile have no place here.
    const series = outcomes.get(row.destinationId);
    if (!series) continue;
    const at = place(row.minute);
    add(series.delivered, at, row.delivered);
    add(series.filtered, at, row.filtered);
    add(series.failed, at, row.failed);
    add(series.discarded, at, sum(Object.values(row.discarded)));
  }
  return {
    steps,
    sources: [...sources].map(([sourceId, series]) => ({ sourceId, ...series })),
    rejections: [...rejections.values()].flatMap((rows) => {
      const [first] = rows;
      if (!first) return [];
      const series = zeros();
      for (const { minute, calls } of rows) add(series, place(minute), calls);
      return [{ sourceId: first.sourceId, reason: first.reason, calls: series }];
    }),
    destinations: [...outcomes].map(([destinationId, series]) => {
      const [delivered, failed] = [sum(series.delivered), sum(series.failed)];
      const taken = delays.get(destinationId) ?? [];
      const byStep = Map.groupBy(taken, ({ minute }) => minute);
      return {
        destinationId,
        ...series,
        successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
        waitingMs: ages.get(destinationId) ?? 0,
        delay: toDelay(taken),
        delays: steps.map((step) => toDelay(byStep.get(step) ?? [])),
      };
    }),
  };
}

const toDelay = (classes: readonly DelayClass[]): Delay => ({
  medianMs: delayOfShare(classes, 0.5),
  p95Ms: delayOfShare(classes, 0.95),
});

interface Cursor {
  readonly partition: number;
  readonly offset: number;
}

async function readWaiting(deps: OverviewDeps, destinations: readonly Destination[]): Promise<Map<string, number>> {
  const [states, workspaceCursors] = await Promise.all([deps.delivery.states(), deps.workspace.cursors()]);
  const cursors = new Map<string, readonly Cursor[]>(states.map((state) => [state.destinationId, state.cursors]));
  cursors.set(workspaceDestinationId, workspaceCursors);
  const ages = destinations.map(async ({ id, enabled }): Promise<[string, number]> => [
    id,
    enabled ? await waiting(deps, cursors.get(id) ?? []) : 0,
  ]);
  return new Map(await Promise.all(ages));
}

/** Age of the oldest event at or after the cursors. */
async function waiting({ log, clock }: OverviewDeps, cursors: readonly Cursor[]): Promise<number> {
  const ages = cursors.map(async ({ partition, offset }) => {
    const { start, end } = await log.range(partition);
    if (offset >= end) return 0;
    const { records } = await log.read(partition, Math.max(start, offset), 1, recordBytes);
    const [oldest] = records;
    return oldest ? Math.max(0, clock.now() - oldest.receivedAt) : 0;
  });
  return Math.max(0, ...(await Promise.all(ages)));
}

/** Enough for any event. */
const recordBytes = 1024 * 1024;

function add(series: number[], at: number, count: number): void {
  series[at] = (series[at] ?? 0) + count;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
