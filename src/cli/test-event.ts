// `leat destination test --event|--file`: one event through a destination's actions, with requests and answers.
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext } from './context.ts';
import { findDestination } from './find-destination.ts';
import { printable } from './output.ts';
import { printExchange, printNotes, titleOf } from './print-event.ts';
import type { ExchangeView, NoteView } from './print-event.ts';
import { readJsonFile } from './read-json-file.ts';
import { routeReason } from './route-reason.ts';
import { findSource } from './source-command.ts';

export interface TestEventOptions {
  readonly event?: string;
  readonly file?: string;
  readonly source?: string;
  readonly action?: string;
  readonly dryRun?: boolean;
}

interface TestedView {
  readonly event: Readonly<Record<string, unknown>>;
  readonly notes: readonly NoteView[];
  readonly route: { readonly matched: boolean; readonly reason?: string };
  readonly actions: readonly {
    readonly name: string;
    readonly payload: unknown;
    readonly problem: string | null;
    readonly exchanges: readonly ExchangeView[];
    readonly outcome: 'delivered' | 'retry' | 'failed' | null;
  }[];
}

export async function testEvent(
  { client, output }: CliContext,
  name: string,
  options: TestEventOptions,
): Promise<void> {
  if (options.event !== undefined && options.file !== undefined)
    throw new CliError('Give either --event or --file.', { exitCode: exitCodes.usage });
  const destination = await findDestination(client, name);
  const source = options.source === undefined ? undefined : (await findSource(client, options.source)).id;
  const action =
    options.action === undefined
      ? undefined
      : (destination.actions.find((one) => one.name === options.action)?.id ?? options.action);
  const tested = await client.call<TestedView>(
    'POST',
    `destinations/${encodeURIComponent(destination.id)}/test-event`,
    {
      ...(options.event === undefined
        ? { event: await readJsonFile(options.file ?? '') }
        : { messageId: options.event }),
      source,
      action,
      dryRun: options.dryRun === true,
    },
  );
  output.json(tested);
  const { bold, green, red, yellow } = output.color;
  output.print(`${bold(titleOf(tested.event))} to ${bold(printable(destination.name))}`);
  printNotes(output, tested.notes);
  if (!tested.route.matched)
    output.print(yellow(`The destination would not get it: ${routeReason(tested.route.reason)}.`));
  for (const one of tested.actions) {
    const mark = one.problem === null ? green('✓') : red('✗');
    const done = one.outcome === null ? (one.problem === null ? 'would be sent' : 'nothing is sent') : one.outcome;
    output.print(
      `${mark} action ${printable(one.name)}: ${done}${one.problem === null ? '' : `. ${printable(one.problem)}`}`,
    );
    if (one.exchanges.length === 0) output.print(`    mapped: ${printable(JSON.stringify(one.payload))}`);
    for (const exchange of one.exchanges) printExchange(output, exchange);
  }
  if (tested.actions.some(({ problem }) => problem !== null)) throw new CliError('', { exitCode: exitCodes.unhealthy });
}
