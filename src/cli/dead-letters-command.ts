// `leat dead-letters`: what a destination refused in the end: list, show, edit, retry, discard.
import { Command } from 'commander';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Page } from './control-client.ts';
import { findDestination } from './find-destination.ts';
import { ago, count, printable } from './output.ts';
import { parseTime } from './parse-time.ts';
import { indent, printJson, titleOf } from './print-event.ts';
import { readJsonFile } from './read-json-file.ts';
import { findSource } from './source-command.ts';

interface DeadLetterView {
  readonly id: number;
  readonly messageId: string;
  readonly sourceId: string;
  readonly diedAt: string;
  readonly attempts: number;
  readonly reason: string;
  readonly editedAt: string | null;
  readonly requeued: boolean;
  readonly event: Readonly<Record<string, unknown>>;
}

interface TryView {
  readonly attempt: number;
  readonly at: string;
  readonly durationMs: number;
  readonly outcome: string;
  readonly error: string | null;
  readonly request: string | null;
  readonly response: string | null;
}

interface FilterOptions {
  readonly reason?: string;
  readonly message?: string;
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
}

export function deadLettersCommand(open: OpenContext): Command {
  const letters = new Command('dead-letters').description('see to what a destination refused in the end');

  filtered(letters.command('list').description('list dead letters, latest first'))
    .option('--limit <n>', 'most to show', Number, 50)
    .action(async (name: string, options: FilterOptions & { readonly limit: number }, command: Command) =>
      list(await open(command), name, options),
    );

  letters
    .command('show')
    .description('show one with its event and every try')
    .argument('<destination>', 'id or name')
    .argument('<id>', 'of the dead letter', Number)
    .action(async (name: string, id: number, _: unknown, command: Command) => show(await open(command), name, id));

  letters
    .command('edit')
    .description('change the event that is sent when it is tried again')
    .argument('<destination>', 'id or name')
    .argument('<id>', 'of the dead letter', Number)
    .requiredOption('--file <file>', 'the whole event as JSON; - reads it from stdin')
    .option('--retry', 'try it again at once')
    .action(async (name: string, id: number, options: EditOptions, command: Command) =>
      edit(await open(command), name, id, options),
    );

  for (const [verb, description] of [
    ['retry', 'put dead letters back in line'],
    ['discard', 'give dead letters up; they count as discarded'],
  ] as const) {
    filtered(letters.command(verb).description(`${description}: by id, by what they have in common, or all`))
      .argument('[id...]', 'ids')
      .option('--all', 'all of them')
      .action(
        async (name: string, ids: readonly string[], options: FilterOptions & { readonly all?: boolean }, c: Command) =>
          change(await open(c), verb, name, ids, options),
      );
  }
  return letters;
}

const filtered = (command: Command): Command =>
  command
    .argument('<destination>', 'id or name')
    .option('--reason <text>', 'with this in their reason, or in what the receiver said')
    .option('--message <messageId>', 'of the event with this messageId')
    .option('--source <source>', 'of this source, by id or name')
    .option('--from <time>', 'given up since: a time, or how long ago, such as 2h')
    .option('--to <time>', 'given up before');

type Filter = Readonly<Record<string, string>>;

async function toFilter({ client, clock }: CliContext, options: FilterOptions): Promise<Filter> {
  const { reason, message, from, to } = options;
  const source = options.source === undefined ? undefined : (await findSource(client, options.source)).id;
  const fields = {
    reason,
    messageId: message,
    source,
    from: from === undefined ? undefined : parseTime(from, clock.now()),
    to: to === undefined ? undefined : parseTime(to, clock.now()),
  };
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function pathOf({ client }: CliContext, name: string): Promise<string> {
  const { id } = await findDestination(client, name);
  return `destinations/${encodeURIComponent(id)}/dead-letters`;
}

async function list(
  context: CliContext,
  name: string,
  { limit, ...options }: FilterOptions & { readonly limit: number },
): Promise<void> {
  const { client, output, clock } = context;
  const query = new URLSearchParams({ ...(await toFilter(context, options)), limit: String(Math.min(200, limit)) });
  const page = await client.get<Page<DeadLetterView>>(`${await pathOf(context, name)}?${query.toString()}`);
  output.json(page.items);
  if (page.items.length === 0) return output.print('There are none.');
  const { dim, yellow } = output.color;
  output.table(
    ['ID', 'EVENT', 'GIVEN UP', 'TRIES', 'REASON', 'MESSAGE ID'],
    page.items.map((one) => [
      `${one.id}${one.requeued ? yellow(' in line') : one.editedAt === null ? '' : yellow(' edited')}`,
      titleOf(one.event),
      ago(one.diedAt, clock.now()),
      count(one.attempts),
      printable(one.reason),
      dim(printable(one.messageId)),
    ]),
  );
  if (page.next !== null) output.note(dim('There are more: --limit, or narrow them by --reason, --from, --to.'));
}

async function show(context: CliContext, name: string, id: number): Promise<void> {
  const { client, output } = context;
  const letter = await client.get<DeadLetterView & { readonly tries: readonly TryView[] }>(
    `${await pathOf(context, name)}/${id}`,
  );
  output.json(letter);
  const { bold, dim, red, yellow } = output.color;
  output.print(`${bold(titleOf(letter.event))} ${dim(printable(letter.messageId))}`);
  output.print(`${red('✗')} ${printable(letter.reason)} ${dim(`given up at ${letter.diedAt}`)}`);
  if (letter.editedAt !== null) output.print(yellow(`edited at ${letter.editedAt}`));
  for (const one of letter.tries) {
    output.print(dim(`try ${one.attempt} at ${one.at}, ${Math.round(one.durationMs)} ms: ${one.outcome}`));
    if (one.request !== null) output.print(indent(one.request));
    if (one.response !== null) output.print(indent(one.response));
  }
  printJson(output, letter.event);
}

interface EditOptions {
  readonly file: string;
  readonly retry?: boolean;
}

async function edit(context: CliContext, name: string, id: number, { file, retry }: EditOptions): Promise<void> {
  const { client, output } = context;
  const path = await pathOf(context, name);
  const event = await readJsonFile(file);
  const letter = await client.call<DeadLetterView>('PATCH', `${path}/${id}`, { event });
  if (retry) await client.call('POST', `${path}/retry`, { ids: [id] });
  output.json(letter);
  const { green } = output.color;
  output.print(`${green('Edited')} ${titleOf(letter.event)}${retry ? '; it is being tried again' : ''}`);
  if (!retry) output.print(`Try it again: leat dead-letters retry ${printable(name)} ${id}`);
}

async function change(
  context: CliContext,
  verb: 'retry' | 'discard',
  name: string,
  ids: readonly string[],
  { all, ...options }: FilterOptions & { readonly all?: boolean },
): Promise<void> {
  const { client, output } = context;
  const filter = await toFilter(context, options);
  const isFilter = Object.keys(filter).length > 0;
  if ([ids.length > 0, all === true, isFilter].filter(Boolean).length !== 1)
    throw new CliError('Say which: ids, a filter such as --reason, or --all.', { exitCode: exitCodes.usage });
  if (ids.some((id) => !/^\d{1,15}$/.test(id)))
    throw new CliError('Ids are the numbers that `leat dead-letters list` shows.', { exitCode: exitCodes.usage });
  const body = isFilter ? { filter } : { ids: all ? 'all' : ids.map(Number) };
  const result = await client.call<{ readonly count: number }>('POST', `${await pathOf(context, name)}/${verb}`, body);
  output.json(result);
  const done = verb === 'retry' ? 'back in line' : 'given up';
  output.print(`${count(result.count)} ${result.count === 1 ? 'dead letter is' : 'dead letters are'} ${done}.`);
}
