// Every metric Leat exposes beside those of the process itself, and where each value is read.
import { balanceLedger } from '../admin/ledger.ts';
import type { DeliveryReader } from '../delivery/delivery-reader.ts';
import type { IngestUsage } from '../ingest/ingest.ts';
import type { LogReader } from '../log/event-log.ts';
import type { MetricDefinition, Sample } from '../telemetry/metrics.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';

export interface MeasuredParts {
  readonly ingest: () => Promise<IngestUsage>;
  readonly log: Pick<LogReader, 'status' | 'range' | 'countBetween'>;
  readonly workspace: Pick<WorkspaceReader, 'cursors' | 'balanceSheet'>;
  readonly delivery: Pick<DeliveryReader, 'states' | 'balanceSheets'>;
}

export function serverMetrics({ ingest, log, workspace, delivery }: MeasuredParts): MetricDefinition[] {
  const one = (value: number): readonly Sample[] => [{ value }];
  const counted =
    (name: 'requests' | 'accepted' | 'duplicates' | 'rateLimited' | 'unavailable' | 'bytes') => async () =>
      one((await ingest()).counters[name]);
  const ends = async (): Promise<Map<number, number>> =>
    new Map((await log.status()).partitions.map(({ partition, end }) => [partition, end]));
  const lagOf = (
    reached: Map<number, number>,
    cursors: readonly { readonly partition: number; readonly offset: number }[],
  ): number =>
    cursors.reduce((sum, { partition, offset }) => sum + Math.max(0, (reached.get(partition) ?? offset) - offset), 0);
  const perDestination = async (
    value: (state: Awaited<ReturnType<DeliveryReader['states']>>[number]) => number,
  ): Promise<Sample[]> =>
    (await delivery.states()).map((state) => ({ labels: { destination: state.destinationId }, value: value(state) }));

  return [
    {
      name: 'leat_ingest_requests_total',
      type: 'counter',
      help: 'Requests on routes that take calls.',
      collect: counted('requests'),
    },
    {
      name: 'leat_ingest_accepted_total',
      type: 'counter',
      help: 'Calls stored for the first time.',
      collect: counted('accepted'),
    },
    {
      name: 'leat_ingest_duplicates_total',
      type: 'counter',
      help: 'Calls the log already had.',
      collect: counted('duplicates'),
    },
    {
      name: 'leat_ingest_rejected_total',
      type: 'counter',
      help: 'Calls not taken, by reason.',
      collect: async () =>
        [...(await ingest()).counters.rejectedByReason].map(([reason, value]) => ({ labels: { reason }, value })),
    },
    {
      name: 'leat_ingest_rate_limited_total',
      type: 'counter',
      help: 'Requests answered 429 under the hard limit.',
      collect: counted('rateLimited'),
    },
    {
      name: 'leat_ingest_unavailable_total',
      type: 'counter',
      help: 'Requests answered 503 because nothing could be stored.',
      collect: counted('unavailable'),
    },
    {
      name: 'leat_ingest_bytes_total',
      type: 'counter',
      help: 'Bytes of call bodies received.',
      collect: counted('bytes'),
    },
    {
      name: 'leat_ingest_held_bytes',
      type: 'gauge',
      help: 'Bytes of call bodies in memory.',
      collect: async () => one((await ingest()).heldBytes),
    },
    {
      name: 'leat_log_end_offset',
      type: 'gauge',
      help: 'Offset after the newest durable event.',
      collect: async () =>
        [...(await ends())].map(([partition, value]) => ({ labels: { partition: String(partition) }, value })),
    },
    {
      name: 'leat_log_bytes',
      type: 'gauge',
      help: 'Size of the event log on disk.',
      collect: async () => one((await log.status()).bytes),
    },
    {
      name: 'leat_log_queued',
      type: 'gauge',
      help: 'Events waiting for their commit.',
      collect: async () => one((await log.status()).queued),
    },
    {
      name: 'leat_log_unavailable',
      type: 'gauge',
      help: '1 while the log cannot store events.',
      collect: async () => one((await log.status()).unavailable === null ? 0 : 1),
    },
    {
      name: 'leat_dedup_ids',
      type: 'gauge',
      help: 'Message ids that the de-duplication window covers.',
      collect: async () => one((await log.status()).dedup.ids),
    },
    {
      name: 'leat_workspace_lag',
      type: 'gauge',
      help: 'Events stored but not yet applied to the workspace.',
      collect: async () => one(lagOf(await ends(), await workspace.cursors())),
    },
    {
      name: 'leat_destination_lag',
      type: 'gauge',
      help: 'Events stored but not yet past the cursor of a destination.',
      collect: async () => {
        const reached = await ends();
        return perDestination((state) => lagOf(reached, state.cursors));
      },
    },
    {
      name: 'leat_destination_parked',
      type: 'gauge',
      help: 'Events of a destination that wait for a retry, or behind one that does.',
      collect: () => perDestination((state) => state.parked),
    },
    {
      name: 'leat_destination_dead_letters',
      type: 'gauge',
      help: 'Events a destination gave up on that wait for a decision.',
      collect: () => perDestination((state) => state.deadLetters),
    },
    {
      name: 'leat_ledger_balanced',
      type: 'gauge',
      help: '1 while what the log counted and what a destination counted come to the same, for every source.',
      collect: async () => {
        const off = new Map<string, boolean>();
        for (const { destinationId, balanced } of await balanceLedger({ log, workspace, delivery }))
          off.set(destinationId, (off.get(destinationId) ?? false) || !balanced);
        return [...off].map(([destination, wrong]) => ({ labels: { destination }, value: wrong ? 0 : 1 }));
      },
    },
    {
      name: 'leat_destination_breaker_open',
      type: 'gauge',
      help: '1 while a destination as a whole is failing.',
      collect: () => perDestination((state) => (state.breaker === 'closed' ? 0 : 1)),
    },
  ];
}
