// `leat status`: how the server is doing, in one screen.
import { Command } from 'commander';
import type { CliContext, OpenContext } from './context.ts';
import type { PaceView } from './find-destination.ts';
import { ago, count, printable, size } from './output.ts';

export interface StatusView {
  readonly version: string;
  readonly region: string;
  readonly uptimeMs: number;
  /** Whether destinations may point at private addresses. */
  readonly privateDestinations: boolean;
  readonly memoryBytes: number;
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  readonly log: {
    readonly engine: string;
    readonly partitions: readonly { readonly start: number; readonly end: number }[];
    readonly bytes: number;
    readonly queued: number;
    readonly dedup: { readonly since: string; readonly ids: number; readonly bounded: boolean };
    readonly unavailable: string | null;
    readonly warning: string | null;
  };
  readonly workspace: { readonly lag: number };
  readonly destinations: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly enabled: boolean;
    readonly lag: number;
    readonly parked: number;
    readonly deadLetters: number;
    readonly breaker: 'closed' | 'open' | 'probing';
    readonly breakerReason: string | null;
    readonly nextProbeAt: string | null;
    readonly lastSuccessAt: string | null;
    readonly pace: Pick<PaceView, 'inFlight' | 'limit'> | null;
  }[];
}

export interface LedgerView {
  readonly balanced: boolean;
  readonly items: readonly {
    readonly sourceId: string;
    readonly destinationId: string;
    readonly accepted: number;
    readonly pending: number;
    readonly balanced?: boolean;
  }[];
}

export const statusCommand = (open: OpenContext): Command =>
  new Command('status')
    .description('show how the server is doing')
    .action(async (_: unknown, command: Command) => show(await open(command)));

async function show({ client, output, clock }: CliContext): Promise<void> {
  const [status, ledger] = await Promise.all([client.get<StatusView>('status'), client.get<LedgerView>('ledger')]);
  output.json({ ...status, ledger: { balanced: ledger.balanced } });
  const { bold, dim, green, red, yellow } = output.color;
  const { log, workspace, disk } = status;
  const events = log.partitions.reduce((sum, { start, end }) => sum + end - start, 0);
  const line = (name: string, text: string): void => output.print(`${dim(name.padEnd(12))} ${text}`);
  output.print(
    `${bold('Leat')} ${status.version} at ${client.access.url}, region ${status.region}, up ${duration(status.uptimeMs)}`,
  );
  line(
    'log',
    log.unavailable === null
      ? `${count(events)} events, ${size(log.bytes)}, ${count(log.queued)} being stored`
      : red(printable(log.unavailable)),
  );
  const bound = log.dedup.bounded ? ' (bounded by LEAT_DEDUP_MEMORY_MB)' : '';
  line('duplicates', `recognised since ${log.dedup.since}${bound}`);
  line('workspace', workspace.lag === 0 ? green('up to date') : `${count(workspace.lag)} events behind`);
  line('ledger', ledger.balanced ? green('balanced') : red('does not balance; see leat doctor'));
  if (disk) line('disk', `${size(disk.freeBytes)} free of ${size(disk.totalBytes)}`);
  line('memory', size(status.memoryBytes));
  line(
    'private',
    `destinations at private addresses are ${status.privateDestinations ? 'allowed' : 'refused'} (LEAT_PRIVATE_DESTINATIONS)`,
  );
  if (status.destinations.length === 0) {
    output.print('\nNo destination besides the workspace. Add one: leat destination add webhook --set url=https://…');
    return;
  }
  output.print('');
  output.table(
    ['DESTINATION', 'STATE', 'AT ONCE', 'BEHIND', 'PARKED', 'DEAD LETTERS', 'LAST DELIVERY'],
    status.destinations.map((one) => [
      printable(one.name),
      !one.enabled ? dim('off') : one.breaker === 'closed' ? green('on') : yellow('waits'),
      one.pace ? `${count(one.pace.inFlight)} of ${count(one.pace.limit)}` : '–',
      count(one.lag),
      count(one.parked),
      one.deadLetters > 0 ? red(count(one.deadLetters)) : '0',
      ago(one.lastSuccessAt, clock.now()),
    ]),
  );
  for (const { name, enabled, breaker, breakerReason } of status.destinations)
    if (enabled && breaker !== 'closed')
      output.print(yellow(`\n${printable(name)} waits: ${printable(breakerReason ?? 'not reachable')}`));
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.floor(ms / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`;
}
