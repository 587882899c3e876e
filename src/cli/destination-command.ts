// `leat destination`: add, list, test. destination-kinds.ts lists kinds, destination-show.ts shows one; edit, enable, disable, skip and remove are in
// destination-changes.ts.
import { Command, Option } from 'commander';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { ControlClient, Page } from './control-client.ts';
import { destinationChanges, notesOnAddresses, printNotes, settingSchema } from './destination-changes.ts';
import { destinationKinds } from './destination-kinds.ts';
import { destinationShow } from './destination-show.ts';
import { findDestination } from './find-destination.ts';
import type { DestinationView } from './find-destination.ts';
import { ago, count, printable } from './output.ts';
import { parseSettingFlags } from './setting-flags.ts';
import { findSource } from './source-command.ts';
import { testEvent } from './test-event.ts';
import type { TestEventOptions } from './test-event.ts';

export function destinationCommand(open: OpenContext): Command {
  const destination = new Command('destination').description('manage where events go');

  destination
    .command('list')
    .description('list destinations')
    .action(async (_: unknown, command: Command) => list(await open(command)));

  destination
    .command('add')
    .description('add a destination with the default actions of its kind')
    .argument('<kind>', 'a kind, such as webhook; leat destination kinds lists them')
    .option('--name <name>', 'name for people')
    .option('--set <name=value...>', 'a setting, such as url=https://… or headers.X-Team=growth')
    .option('--source <source...>', 'take events from these sources only, by id or name')
    .addOption(
      new Option(
        '--from <where>',
        'begin with what comes next (added switched off: once it is on), or with all that the log holds',
      )
        .choices(['now', 'beginning'])
        .default('now'),
    )
    .option('--disabled', 'add it switched off')
    .action(async (kind: string, options: AddOptions, command: Command) => add(await open(command), kind, options));

  destination
    .command('test')
    .description('send a test request with the present settings, or one event')
    .argument('<destination>', 'id or name')
    .option('--event <messageId>', 'send this stored event through the destination’s actions')
    .option('--file <file>', 'send the call in this file instead; - reads it from stdin')
    .option('--source <source>', 'source of the event, by id or name')
    .option('--action <action>', 'only this action, by id or name, whether its trigger matches or not')
    .option('--dry-run', 'show the requests and send nothing')
    .action(async (name: string, options: TestEventOptions, command: Command) => {
      const context = await open(command);
      const isEvent = options.event !== undefined || options.file !== undefined;
      return isEvent ? testEvent(context, name, options) : test(context, name);
    });

  destination.addCommand(destinationShow(open));
  for (const command of [...destinationKinds(open), ...destinationChanges(open)]) destination.addCommand(command);
  return destination;
}

async function list({ client, output, clock }: CliContext): Promise<void> {
  const page = await client.get<Page<DestinationView>>('destinations');
  output.json(page.items);
  const { dim, green, red, yellow } = output.color;
  const stateOf = ({ enabled, state }: DestinationView): string => {
    if (!enabled) return dim('off');
    if (state?.breaker === 'open') return red('not reachable');
    if (state?.breaker === 'probing') return yellow('trying');
    return green('on');
  };
  output.table(
    ['NAME', 'KIND', 'STATE', 'DEAD LETTERS', 'LAST DELIVERY', 'ID'],
    page.items.map((one) => [
      printable(one.name),
      one.kind,
      stateOf(one),
      one.state ? count(one.state.deadLetters) : '–',
      one.state ? ago(one.state.lastSuccessAt, clock.now()) : '–',
      dim(one.id),
    ]),
  );
}

interface AddOptions {
  readonly name?: string;
  readonly set?: readonly string[];
  readonly source?: readonly string[];
  readonly from: string;
  readonly disabled?: boolean;
}

async function add({ client, output }: CliContext, kind: string, options: AddOptions): Promise<void> {
  const sources = await Promise.all((options.source ?? []).map((name) => findSource(client, name)));
  const destination = await create(client, kind, {
    ...(options.name !== undefined && { name: options.name }),
    settings: parseSettingFlags(options.set ?? [], await settingSchema(client, kind)),
    sourceIds: sources.length > 0 ? sources.map(({ id }) => id) : null,
    startFrom: options.from,
    enabled: !options.disabled,
  });
  const notes = await notesOnAddresses(client, destination);
  if (options.disabled && options.from === 'now')
    notes.unshift('It is off, and begins with what comes in after it is first switched on.');
  if (destination.actions.length === 0)
    notes.unshift(
      `It has no action yet, so nothing is sent: add one in the console, or with PUT /api/v1/destinations/${destination.id}/actions.`,
    );
  output.json({ ...destination, notes });
  const { green, bold, dim } = output.color;
  output.print(`${green('Added')} ${bold(printable(destination.name))} ${dim(destination.id)}`);
  output.print(`Try it: leat destination test ${destination.id}`);
  printNotes(output, notes);
}

/** What the server says of settings that are missing is told with the flags that give them. */
async function create(client: ControlClient, kind: string, body: object): Promise<DestinationView> {
  try {
    return await client.call<DestinationView>('POST', 'destinations', { kind, ...body });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const missing = [...error.message.matchAll(/\bsettings\.([\w.]+) is missing/g)].map(([, name]) => `${name}=…`);
    if (missing.length === 0) throw error;
    throw new CliError(error.message, {
      hint: `Give what is missing: --set ${missing.join(' ')}. leat destination kinds ${kind} says what each is.`,
      cause: error,
      ...(error.status !== null && { status: error.status }),
    });
  }
}

async function test({ client, output }: CliContext, name: string): Promise<void> {
  const destination = await findDestination(client, name);
  const result = await client.call<{ readonly ok: boolean; readonly message: string }>(
    'POST',
    `destinations/${encodeURIComponent(destination.id)}/test`,
  );
  output.json(result);
  const { green, red, bold } = output.color;
  output.print(
    `${result.ok ? green('✓') : red('✗')} ${bold(printable(destination.name))}: ${printable(result.message)}`,
  );
  if (!result.ok) throw new CliError('', { exitCode: exitCodes.unhealthy });
}
