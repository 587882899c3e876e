// `leat ledger`: what became of every event, per source and destination, or per action.
import { Command } from 'commander';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Page } from './control-client.ts';
import { findDestination } from './find-destination.ts';
import type { DestinationView } from './find-destination.ts';
import { count, printable } from './output.ts';
import { parseTime } from './parse-time.ts';

interface LineView {
  readonly sourceId: string;
  readonly destinationId: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly discarded: number;
  readonly failed: number;
  readonly pending: number;
  readonly balanced?: boolean;
}

interface ActionLineView {
  readonly destinationId: string;
  readonly actionId: string;
  readonly name: string | null;
  readonly delivered: number;
  readonly failed: number;
}

interface LedgerOptions {
  readonly destination?: string;
  readonly from?: string;
  readonly to?: string;
  readonly actions?: boolean;
}

export const ledgerCommand = (open: OpenContext): Command =>
  new Command('ledger')
    .description('account for every event at every destination')
    .option('--destination <destination>', 'only of this one, by id or name')
    .option('--from <time>', 'received since, cut to the minute: a time, or how long ago, such as 2h')
    .option('--to <time>', 'received before, cut to the minute')
    .option('--actions', 'outcomes of each action instead')
    .action(async (options: LedgerOptions, command: Command) => show(await open(command), options));

async function show({ client, output, clock }: CliContext, options: LedgerOptions): Promise<void> {
  const query = new URLSearchParams();
  if (options.destination !== undefined)
    query.set('destination', (await findDestination(client, options.destination)).id);
  for (const name of ['from', 'to'] as const) {
    const text = options[name];
    if (text !== undefined) query.set(name, parseTime(text, clock.now()));
  }
  const [destinations, sources] = await Promise.all([
    client.get<Page<DestinationView>>('destinations'),
    client.get<Page<{ readonly id: string; readonly name: string }>>('sources'),
  ]);
  const names = new Map([...destinations.items, ...sources.items].map(({ id, name }) => [id, printable(name)]));
  const nameOf = (id: string): string => names.get(id) ?? printable(id);
  if (options.actions) {
    const { items } = await client.get<Page<ActionLineView>>(`ledger/actions?${query.toString()}`);
    output.json(items);
    output.table(
      ['DESTINATION', 'ACTION', 'DELIVERED', 'FAILED'],
      items.map((line) => [
        nameOf(line.destinationId),
        printable(line.name ?? line.actionId),
        count(line.delivered),
        count(line.failed),
      ]),
    );
    return;
  }
  const ledger = await client.get<Page<LineView> & { readonly balanced: boolean }>(`ledger?${query.toString()}`);
  output.json(ledger);
  const { green, red } = output.color;
  output.table(
    ['SOURCE', 'DESTINATION', 'ACCEPTED', 'DELIVERED', 'FILTERED', 'DISCARDED', 'FAILED', 'PENDING'],
    ledger.items.map((line) => [
      nameOf(line.sourceId),
      line.balanced === false ? red(nameOf(line.destinationId)) : nameOf(line.destinationId),
      ...[line.accepted, line.delivered, line.filtered, line.discarded, line.failed, line.pending].map(count),
    ]),
  );
  output.print(ledger.balanced ? green('✓ balanced') : red('✗ does not balance'));
  if (!ledger.balanced) throw new CliError('', { exitCode: exitCodes.unhealthy });
}
