// `leat destination edit|enable|disable|skip|remove`: changes to a destination that is there.
import { Command } from 'commander';
import { isPrivateAddress } from '../destinations/private-address.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { ControlClient, Page } from './control-client.ts';
import { findDestination } from './find-destination.ts';
import type { DestinationView } from './find-destination.ts';
import type { StatusView } from './status-command.ts';
import type { Output } from './output.ts';
import { printable, things } from './output.ts';
import { parseSettingFlags } from './setting-flags.ts';
import type { SettingSchema } from './setting-flags.ts';
import { findSource } from './source-command.ts';

interface EditOptions {
  readonly name?: string;
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  readonly source?: readonly string[];
  readonly allSources?: boolean;
}

export function destinationChanges(open: OpenContext): readonly Command[] {
  const which = ['<destination>', 'id or name'] as const;
  return [
    new Command('edit')
      .description('change the name, settings or sources; the backlog is sent with the new settings')
      .argument(...which)
      .option('--name <name>', 'name for people')
      .option('--set <name=value...>', 'a setting, such as url=https://…; the others stay')
      .option('--unset <name...>', 'a setting to leave out, such as headers.X-Team')
      .option('--source <source...>', 'take events from these sources only, by id or name')
      .option('--all-sources', 'take events from all sources')
      .action(async (name: string, options: EditOptions, command: Command) => edit(await open(command), name, options)),
    new Command('enable')
      .description('switch it on; it goes on where it stood')
      .argument(...which)
      .option('--skip-backlog', 'go on with what comes next; what waits for it counts as discarded')
      .action(async (name: string, options: { readonly skipBacklog?: boolean }, command: Command) =>
        enable(await open(command), name, options.skipBacklog ?? false),
      ),
    new Command('skip')
      .description('give up what waits for it, and go on with what comes next')
      .argument(...which)
      .option('--yes', 'it counts as discarded and is not sent')
      .action(async (name: string, options: { readonly yes?: boolean }, command: Command) =>
        skip(await open(command), name, options.yes ?? false),
      ),
    new Command('disable')
      .description('switch it off; the log keeps its events for a while (LEAT_DISABLED_HOLD_DAYS)')
      .argument(...which)
      .action(async (name: string, _: unknown, command: Command) => disable(await open(command), name)),
    new Command('remove')
      .description('delete it, with its dead letters and counts')
      .argument(...which)
      .option('--yes', 'also when events wait for it or are kept as dead letters')
      .action(async (name: string, options: { readonly yes?: boolean }, command: Command) =>
        remove(await open(command), name, options.yes ?? false),
      ),
  ];
}

async function edit({ client, output }: CliContext, name: string, options: EditOptions): Promise<void> {
  if (options.source && options.allSources)
    throw new CliError('--source and --all-sources exclude each other.', { exitCode: exitCodes.usage });
  const before = await findDestination(client, name);
  const sources = await Promise.all((options.source ?? []).map((one) => findSource(client, one)));
  const changesSettings = options.set !== undefined || options.unset !== undefined;
  const change = {
    ...(options.name !== undefined && { name: options.name }),
    ...(changesSettings && { settings: await editedSettings(client, before, options) }),
    ...(options.allSources && { sourceIds: null }),
    ...(sources.length > 0 && { sourceIds: sources.map(({ id }) => id) }),
  };
  if (Object.keys(change).length === 0)
    throw new CliError('There is nothing to change.', {
      hint: 'Give --name, --set, --unset, --source or --all-sources.',
      exitCode: exitCodes.usage,
    });
  const destination = await client.call<DestinationView>('PATCH', pathOf(before), change);
  const notes = changesSettings ? await notesOnAddresses(client, destination) : [];
  report(output, 'Changed', { ...destination, notes });
  printNotes(output, notes);
}

/** The present settings with what was set and left out. Secrets come blanked and go back so: the server keeps them. */
async function editedSettings(
  client: ControlClient,
  { kind, settings }: DestinationView,
  { set = [], unset = [] }: EditOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const given = parseSettingFlags(set, await settingSchema(client, kind));
  const merged = merge(settings, given);
  for (const name of unset)
    if (!removeAt(merged, name)) throw new CliError(`There is no setting "${name}" to leave out.`);
  return merged;
}

/** What the settings of a kind look like. Empty for an unknown one, which is the server's to refuse. */
export async function settingSchema(client: ControlClient, kind: string): Promise<SettingSchema> {
  const catalog = await client.get<Page<{ readonly slug: string; readonly settings: SettingSchema }>>('catalog');
  return catalog.items.find(({ slug }) => slug === kind)?.settings ?? {};
}

type Settings = Record<string, unknown>;

const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(before: Readonly<Settings>, given: Readonly<Settings>): Settings {
  const merged = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(given)) {
    const old = merged.get(name);
    merged.set(name, isSettings(old) && isSettings(value) ? merge(old, value) : value);
  }
  return Object.fromEntries(merged);
}

/** Removes a setting; of a name with dots the part before the first one may be an object that holds it. */
function removeAt(settings: Settings, name: string): boolean {
  if (Object.hasOwn(settings, name)) return delete settings[name];
  const dot = name.indexOf('.');
  const head = name.slice(0, Math.max(0, dot));
  const inner = Object.hasOwn(settings, head) ? settings[head] : undefined;
  if (!isSettings(inner)) return false;
  const rest = { ...inner };
  settings[head] = rest;
  return removeAt(rest, name.slice(dot + 1));
}

async function enable({ client, output }: CliContext, name: string, skipFirst: boolean): Promise<void> {
  const before = await findDestination(client, name);
  const { skipped = 0 } = skipFirst ? await skipBacklog(client, before) : {};
  const waiting = skipFirst ? 0 : await waitingFor(client, before);
  const destination = await client.call<DestinationView>('PATCH', pathOf(before), { enabled: true });
  report(output, 'Enabled', destination);
  if (skipped > 0) output.print(`${things(skipped, 'event')} skipped; they count as discarded.`);
  if (waiting > 0)
    output.print(`${things(waiting, 'event')} waited for it and ${waiting === 1 ? 'is' : 'are'} being sent now.`);
}

async function disable({ client, output }: CliContext, name: string): Promise<void> {
  const before = await findDestination(client, name);
  report(output, 'Disabled', await client.call<DestinationView>('PATCH', pathOf(before), { enabled: false }));
}

async function skip({ client, output }: CliContext, name: string, sure: boolean): Promise<void> {
  const destination = await findDestination(client, name);
  const waiting = await waitingFor(client, destination);
  if (!sure && waiting > 0)
    throw new CliError(`${things(waiting, 'event')} would not be sent to ${destination.name}.`, {
      hint: 'Give --yes to skip them; a replay can still send them later, as long as the log holds them.',
    });
  const answer = await skipBacklog(client, destination);
  output.json({ id: destination.id, ...answer });
  const { green, bold } = output.color;
  output.print(`${green('Skipped')} ${things(answer.skipped, 'event')} of ${bold(printable(destination.name))}`);
}

const skipBacklog = (client: ControlClient, destination: DestinationView): Promise<{ readonly skipped: number }> =>
  client.call('POST', `${pathOf(destination)}/skip-backlog`);

async function waitingFor(client: ControlClient, { id }: DestinationView): Promise<number> {
  const { destinations } = await client.get<Pick<StatusView, 'destinations'>>('status');
  const own = destinations.find((one) => one.id === id);
  return own ? own.lag + own.parked : 0;
}

async function remove({ client, output }: CliContext, name: string, sure: boolean): Promise<void> {
  const destination = await findDestination(client, name);
  const { parked = 0, deadLetters = 0 } = destination.state ?? {};
  if (!sure && parked + deadLetters > 0)
    throw new CliError(
      `${destination.name} has ${things(parked, 'event')} waiting for a retry and ${things(deadLetters, 'dead letter')}, which go with it.`,
      { hint: 'Give --yes to delete it all the same, or switch it off: leat destination disable.' },
    );
  await client.call('DELETE', pathOf(destination));
  output.json({ id: destination.id, removed: true });
  output.print(`${output.color.green('Removed')} ${output.color.bold(printable(destination.name))}`);
}

const pathOf = ({ id }: DestinationView): string => `destinations/${encodeURIComponent(id)}`;

function report(
  output: Output,
  what: string,
  destination: DestinationView & { readonly notes?: readonly string[] },
): void {
  const { green, bold, dim } = output.color;
  output.json(destination);
  output.print(`${green(what)} ${bold(printable(destination.name))} ${dim(destination.id)}`);
}

/** Which settings are addresses that this server sends nothing to, and the remedy. */
export async function notesOnAddresses(client: ControlClient, { settings }: DestinationView): Promise<string[]> {
  const inside = Object.entries(settings).flatMap(([name, value]) => {
    const host = typeof value === 'string' && URL.canParse(value) ? new URL(value).hostname : '';
    return pointsInside(host) ? [{ name, host }] : [];
  });
  if (inside.length === 0 || (await client.get<StatusView>('status')).privateDestinations) return [];
  return inside.map(
    ({ name, host }) =>
      `${name} points at a private address (${printable(host)}), and this server sends to none. Stop it and start it with LEAT_PRIVATE_DESTINATIONS=true, or use a public address.`,
  );
}

/** Remarks on a destination; for scripts they stand in the answer, too. */
export function printNotes(output: Output, notes: readonly string[]): void {
  for (const note of notes) output.note(`${output.color.yellow('Note')} ${note}`);
}

/** Whether a host is not on the public internet as far as its name says; names are not looked up here. */
function pointsInside(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (/^[\d.]+$/.test(address) || address.includes(':')) return isPrivateAddress(address);
  return address === 'localhost' || /\.(localhost|local|internal)$/.test(address);
}
