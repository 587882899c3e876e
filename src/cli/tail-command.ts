// `leat tail`: events as they are stored, one line each, until Ctrl-C. A lost connection is taken up where it broke.
import { Command, InvalidArgumentError, Option } from 'commander';
import { eventTypes } from '../event/canonical-event.ts';
import { sleep } from '../lib/sleep.ts';
import { CliError } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Page } from './control-client.ts';
import { parseServerSentEvents } from './server-sent-events.ts';
import { findSource } from './source-command.ts';
import { count, printable } from './output.ts';
import type { Output } from './output.ts';

interface TailOptions {
  readonly source?: string;
  readonly type?: string;
  readonly name?: string;
  readonly user?: string;
  readonly last: number;
  readonly count?: number;
}

interface StoredEventView {
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly event: Readonly<Record<string, unknown>>;
}

export const tailCommand = (open: OpenContext): Command =>
  new Command('tail')
    .description('watch events as they come in')
    .option('--source <source>', 'only of this source, by id or name')
    .addOption(new Option('--type <type>', 'only of this type').choices(eventTypes))
    .option('--name <name>', 'only with this event, page or screen name')
    .option('--user <id>', 'only with this userId or anonymousId')
    .option('--last <n>', 'show the latest events first', parseNumber, 0)
    .option('--count <n>', 'stop after this many', parseNumber)
    .action(async (options: TailOptions, command: Command) => tail(await open(command), options));

function parseNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 1_000_000)
    throw new InvalidArgumentError('Give a whole number.');
  return value;
}

async function tail({ client, output, interrupted }: CliContext, options: TailOptions): Promise<void> {
  const source = options.source === undefined ? undefined : (await findSource(client, options.source)).id;
  const filter = new URLSearchParams(
    Object.entries({ source, type: options.type, name: options.name, user: options.user }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const most = options.count ?? Infinity;
  let shown = 0;
  const wantsMore = (): boolean => shown < most && !interrupted.aborted;
  const show = (event: StoredEventView): void => {
    printEvent(output, event);
    shown += 1;
  };
  if (options.last > 0) {
    const { items } = await client.get<Page<StoredEventView>>(
      `events?${filter.toString()}&limit=${Math.min(500, options.last)}`,
    );
    for (const event of items.toReversed()) if (wantsMore()) show(event);
  }
  let lastId: string | null = null;
  let connected = false;
  let lost = false;
  while (wantsMore()) {
    try {
      const response = await client.request(`/api/v1/events?${filter.toString()}&live=1`, {
        headers: { ...client.authorization(), ...(lastId !== null && { 'last-event-id': lastId }) },
        signal: interrupted,
      });
      if (!response.ok) throw client.refusal(response.status, await response.text());
      if (!connected && !output.forScripts) output.note(output.color.dim('Waiting for events. Ctrl-C ends.'));
      if (lost) output.note(output.color.dim('The connection is back; going on where it broke.'));
      connected = true;
      lost = false;
      if (!response.body) break;
      for await (const message of parseServerSentEvents(response.body)) {
        lastId = message.id ?? lastId;
        if (message.event === 'event') show(JSON.parse(message.data) as StoredEventView);
        if (message.event === 'skipped') noteSkipped(output, message.data);
        if (!wantsMore()) break;
      }
    } catch (error) {
      if (interrupted.aborted) return;
      // Refused, or never there: trying again would not help.
      if (!connected || (error instanceof CliError && error.status !== null)) throw error;
    }
    if (wantsMore()) {
      if (!lost) output.note(output.color.yellow('The connection was lost; trying again.'));
      lost = true;
      await sleep(1000, interrupted);
    }
  }
}

function noteSkipped(output: Output, data: string): void {
  const { events } = JSON.parse(data) as { readonly events: number };
  output.note(output.color.yellow(`${count(events)} events were skipped: they come faster than they can be shown.`));
}

function printEvent(output: Output, stored: StoredEventView): void {
  output.json(stored);
  const { event } = stored;
  const { dim, bold, cyan } = output.color;
  const text = (value: unknown): string => (typeof value === 'string' ? printable(value) : '');
  const name = text(event['event'] ?? event['name'] ?? event['groupId'] ?? event['previousId']);
  const who = text(event['userId']) || text(event['anonymousId']);
  output.print(
    `${dim(stored.receivedAt.slice(11, 23))} ${cyan(text(event['type']).padEnd(8))} ${bold(name)} ${who} ${dim(printable(stored.messageId))}`,
  );
}
