// `leat replay`: send a stretch of the log once more to a destination, or show first what that would send.
import { Command, InvalidArgumentError } from 'commander';
import { sleep } from '../lib/sleep.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Page } from './control-client.ts';
import { findDestination } from './find-destination.ts';
import type { Output } from './output.ts';
import { ago, count, printable } from './output.ts';
import { parseTime } from './parse-time.ts';
import { printExchange } from './print-event.ts';
import type { ExchangeView } from './print-event.ts';
import { findSource } from './source-command.ts';

interface ReplayView {
  readonly id: string;
  readonly state: 'running' | 'paused' | 'done' | 'cancelled';
  readonly problem: string | null;
  readonly dryRun: boolean;
  readonly filter: string | null;
  readonly total: number;
  readonly finished: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly endedAt: string | null;
}

interface ReplayDetailView extends ReplayView {
  readonly samples: readonly {
    readonly messageId: string;
    readonly actions: readonly {
      readonly name: string;
      readonly problem: string | null;
      readonly requests: readonly ExchangeView['request'][];
    }[];
  }[];
}

interface FailureView {
  readonly offset: number;
  readonly messageId: string;
  readonly attempts: number;
  readonly reason: string;
}

const pollMs = 250;

export function replayCommand(open: OpenContext): Command {
  const replay = new Command('replay').description('send events of the log once more to a destination');

  replay
    .command('start')
    .description('start a replay and follow it; Ctrl-C stops following, the replay goes on')
    .argument('<destination>', 'id or name')
    .option('--from <time>', 'received since: a time, or how long ago, such as 2h')
    .option('--to <time>', 'received before')
    .option('--from-offset <offset>', 'from this offset on', parseOffset)
    .option('--to-offset <offset>', 'up to this offset, without it', parseOffset)
    .option('--filter <fql>', 'only events that match, such as event = "Order Completed"')
    .option('--source <source...>', 'only of these sources, by id or name')
    .option('--rate <n>', 'most events a second', parseRate)
    .option('--dry-run', 'count what would be sent and show the first requests; send nothing')
    .option('--no-follow', 'do not wait for its end')
    .action(async (name: string, options: StartOptions, command: Command) => start(await open(command), name, options));

  replay
    .command('list')
    .description('list replays to a destination, latest first')
    .argument('<destination>', 'id or name')
    .action(async (name: string, _: unknown, command: Command) => list(await open(command), name));

  replay
    .command('show')
    .description('show a replay, and what it could not send')
    .argument('<destination>', 'id or name')
    .argument('<replay>', 'id')
    .action(async (name: string, id: string, _: unknown, command: Command) => show(await open(command), name, id));

  for (const [verb, description] of [
    ['pause', 'pause a replay'],
    ['resume', 'go on with a paused replay'],
    ['cancel', 'end a replay for good'],
  ] as const) {
    replay
      .command(verb)
      .description(description)
      .argument('<destination>', 'id or name')
      .argument('<replay>', 'id')
      .action(async (name: string, id: string, _: unknown, command: Command) => {
        const context = await open(command);
        const run = await context.client.call<ReplayDetailView>(
          'POST',
          `${await pathOf(context, name)}/${encodeURIComponent(id)}/${verb}`,
        );
        context.output.json(run);
        context.output.print(summary(run));
      });
  }
  return replay;
}

function parseOffset(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0)) throw new InvalidArgumentError('Give a number above zero.');
  return rate;
}

interface StartOptions {
  readonly from?: string;
  readonly to?: string;
  readonly fromOffset?: number;
  readonly toOffset?: number;
  readonly filter?: string;
  readonly source?: readonly string[];
  readonly rate?: number;
  readonly dryRun?: boolean;
  readonly follow: boolean;
}

async function pathOf({ client }: CliContext, name: string): Promise<string> {
  const { id } = await findDestination(client, name);
  return `destinations/${encodeURIComponent(id)}/replays`;
}

async function start(context: CliContext, name: string, options: StartOptions): Promise<void> {
  const { client, output, clock } = context;
  const path = await pathOf(context, name);
  const sources = await Promise.all((options.source ?? []).map((source) => findSource(client, source)));
  const timeOf = (text: string | undefined): string | null =>
    text === undefined ? null : parseTime(text, clock.now());
  const started = await client.call<ReplayDetailView>('POST', path, {
    from: timeOf(options.from),
    to: timeOf(options.to),
    fromOffset: options.fromOffset ?? null,
    toOffset: options.toOffset ?? null,
    filter: options.filter ?? null,
    sourceIds: sources.length > 0 ? sources.map(({ id }) => id) : null,
    ratePerSecond: options.rate ?? null,
    dryRun: options.dryRun === true,
  });
  if (!output.forScripts) output.note(output.color.dim(`Replay ${started.id} of ${count(started.total)} events.`));
  const run = options.follow ? await follow(context, path, started) : started;
  output.redraw(null);
  output.json(run);
  output.print(summary(run));
  printSamples(output, run);
  if (options.follow && run.endedAt !== null && (run.counts['failed'] ?? 0) > 0 && !run.dryRun) {
    output.print(`See what failed: leat replay show ${printable(name)} ${run.id}`);
    throw new CliError('', { exitCode: exitCodes.unhealthy });
  }
}

/** Shows progress until the replay ends, is paused, or Ctrl-C. */
async function follow({ client, output, interrupted }: CliContext, path: string, started: ReplayDetailView) {
  let run = started;
  while (run.state === 'running' && !interrupted.aborted) {
    await sleep(pollMs, interrupted);
    run = await client.get<ReplayDetailView>(`${path}/${run.id}`);
    output.redraw(`${summary(run)}${run.problem === null ? '' : ` ${printable(run.problem)}`}`);
  }
  return run;
}

function summary(run: ReplayView): string {
  const counts = Object.entries(run.counts).filter(([, events]) => events > 0);
  const what = counts.map(([name, events]) => `${count(events)} ${name === 'matching' ? 'would be sent' : name}`);
  return `${run.id} ${run.state}: ${count(run.finished)} of ${count(run.total)}${what.length > 0 ? `, ${what.join(', ')}` : ''}`;
}

function printSamples(output: Output, { samples }: ReplayDetailView): void {
  const { dim, red } = output.color;
  for (const { messageId, actions } of samples) {
    output.print(dim(printable(messageId)));
    for (const { problem, requests } of actions) {
      if (problem !== null) output.print(`    ${red(printable(problem))}`);
      for (const request of requests) printExchange(output, { request, response: null });
    }
  }
}

async function list(context: CliContext, name: string): Promise<void> {
  const { client, output, clock } = context;
  const { items } = await client.get<Page<ReplayView>>(await pathOf(context, name));
  output.json(items);
  if (items.length === 0) return output.print('There are none.');
  output.table(
    ['ID', 'STATE', 'EVENTS', 'SENT', 'FAILED', 'STARTED', 'FILTER'],
    items.map((run) => [
      run.id,
      `${run.state}${run.dryRun ? ' (dry run)' : ''}`,
      `${count(run.finished)} of ${count(run.total)}`,
      count(run.counts['delivered'] ?? 0),
      count(run.counts['failed'] ?? 0),
      ago(run.createdAt, clock.now()),
      printable(run.filter ?? ''),
    ]),
  );
}

async function show(context: CliContext, name: string, id: string): Promise<void> {
  const { client, output } = context;
  const path = `${await pathOf(context, name)}/${encodeURIComponent(id)}`;
  const [run, failures] = await Promise.all([
    client.get<ReplayDetailView>(path),
    client.get<Page<FailureView>>(`${path}/failures`),
  ]);
  output.json({ ...run, failures: failures.items });
  output.print(summary(run));
  if (run.problem !== null) output.print(output.color.yellow(printable(run.problem)));
  printSamples(output, run);
  if (failures.items.length > 0)
    output.table(
      ['OFFSET', 'TRIES', 'REASON', 'MESSAGE ID'],
      failures.items.map((one) => [
        String(one.offset),
        String(one.attempts),
        printable(one.reason),
        printable(one.messageId),
      ]),
    );
  if (failures.next !== null) output.note(output.color.dim('There are more; the control API lists them all.'));
}
