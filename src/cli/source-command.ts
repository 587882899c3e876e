// `leat source`: add, list, keys, test.
import { Command, Option } from 'commander';
import { sourceKinds } from '../control/model.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { ControlClient, Page } from './control-client.ts';
import { ago, count, printable } from './output.ts';

export interface KeyView {
  readonly id: string;
  readonly key: string;
  readonly shown: boolean;
  readonly class: 'public' | 'secret';
  readonly region: string | null;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

export interface SourceView {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly family: string;
  readonly enabled: boolean;
  readonly strict: boolean;
  readonly keys: readonly KeyView[];
  readonly activity: { readonly accepted: number; readonly rejected: number; readonly lastAcceptedAt: string | null };
}

export interface SourceTestView {
  readonly ok: boolean;
  readonly state: 'receiving' | 'rejecting' | 'silent';
  readonly message: string;
  readonly lastAcceptedAt: string | null;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly remedy: string }[];
}

export function sourceCommand(open: OpenContext): Command {
  const source = new Command('source').description('manage what sends events here');

  source
    .command('list')
    .description('list sources')
    .action(async (_: unknown, command: Command) => list(await open(command)));

  source
    .command('add')
    .description('add a source and its key')
    .argument('<name>', 'name for people')
    .addOption(new Option('--kind <kind>', 'what sends').choices(sourceKinds).default('http'))
    .addOption(
      new Option('--family <family>', 'whose client library').choices(['customerio', 'segment']).default('customerio'),
    )
    .option('--strict', 'answer bad calls with 400')
    .option('--secret', 'make a secret key, for servers only')
    .option('--key <key>', 'bring a key along from another system')
    .action(async (name: string, options: AddOptions, command: Command) => add(await open(command), name, options));

  source
    .command('keys')
    .description('list the keys of a source, or change them')
    .argument('<source>', 'id or name')
    .option('--add', 'add a public key')
    .option('--secret', 'with --add: a secret key')
    .option('--bring <key>', 'add a key brought along from another system')
    .option('--rotate <keyId>', 'make a key that replaces this one, which works until it is revoked')
    .option('--revoke <keyId>', 'revoke a key')
    .option('--reveal <keyId>', 'show a secret key again (audited)')
    .action(async (name: string, options: KeysOptions, command: Command) => keys(await open(command), name, options));

  source
    .command('test')
    .description('see whether calls arrive, and if not, why')
    .argument('<source>', 'id or name')
    .action(async (name: string, _: unknown, command: Command) => test(await open(command), name));

  return source;
}

/** The source with this id, or with this name when only one has it. */
export async function findSource(client: ControlClient, wanted: string): Promise<SourceView> {
  const { items } = await client.get<Page<SourceView>>('sources');
  const found = items.filter(({ id }) => id === wanted);
  const named = found.length > 0 ? found : items.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [source] = named;
  if (!source) throw new CliError(`There is no source "${wanted}".`, { hint: 'List them: leat source list' });
  if (named.length > 1)
    throw new CliError(`${named.length} sources are called "${wanted}".`, {
      hint: `Give the id: ${named.map(({ id }) => id).join(', ')}`,
    });
  return source;
}

async function list({ client, output, clock }: CliContext): Promise<void> {
  const page = await client.get<Page<SourceView>>('sources');
  output.json(page.items);
  const { dim, green } = output.color;
  output.table(
    ['NAME', 'KIND', 'STATE', 'KEY', 'ACCEPTED', 'REJECTED', 'LAST', 'ID'],
    page.items.map((one) => [
      printable(one.name),
      one.kind,
      one.enabled ? green('on') : dim('off'),
      printable(one.keys.find(({ revokedAt }) => revokedAt === null)?.key ?? '–'),
      count(one.activity.accepted),
      count(one.activity.rejected),
      ago(one.activity.lastAcceptedAt, clock.now()),
      dim(one.id),
    ]),
  );
}

interface AddOptions {
  readonly kind: string;
  readonly family: string;
  readonly strict?: boolean;
  readonly secret?: boolean;
  readonly key?: string;
}

async function add({ client, output }: CliContext, name: string, options: AddOptions): Promise<void> {
  const source = await client.call<SourceView>('POST', 'sources', {
    name,
    kind: options.kind,
    family: options.family,
    strict: options.strict ?? false,
    keyClass: options.secret ? 'secret' : 'public',
    ...(options.key !== undefined && { key: options.key }),
  });
  output.json(source);
  const { green, bold, dim } = output.color;
  const key = source.keys[0]?.key ?? '';
  output.print(`${green('Added')} ${bold(printable(source.name))} ${dim(source.id)}`);
  output.print(`Key   ${bold(key)}`);
  output.print('');
  output.print('Send its first event:');
  output.print(
    `  curl -u '${key}:' -H 'Content-Type: application/json' ${client.access.url}/v1/track \\\n    -d '{"userId":"u1","event":"Hello"}'`,
  );
  output.print(`Then see whether it arrived: leat source test ${source.id}`);
}

interface KeysOptions {
  readonly add?: boolean;
  readonly secret?: boolean;
  readonly bring?: string;
  readonly rotate?: string;
  readonly revoke?: string;
  readonly reveal?: string;
}

async function keys(context: CliContext, name: string, options: KeysOptions): Promise<void> {
  const { client, output } = context;
  const { id } = await findSource(client, name);
  const path = `sources/${encodeURIComponent(id)}/keys`;
  const at = (keyId: string): string => `${path}/${encodeURIComponent(keyId)}`;
  const chosen = [options.add, options.bring, options.rotate, options.revoke, options.reveal].filter(Boolean);
  if (chosen.length > 1)
    throw new CliError('Only one of --add, --bring, --rotate, --revoke and --reveal at a time.', {
      exitCode: exitCodes.usage,
    });
  const change = async (what: string, key: Promise<KeyView>): Promise<void> => {
    const view = await key;
    output.json(view);
    output.print(`${output.color.green(what)} ${output.color.bold(view.key)} ${output.color.dim(view.id)}`);
  };
  if (options.bring !== undefined) return change('Added', client.call('POST', path, { key: options.bring }));
  if (options.add) return change('Added', client.call('POST', path, { class: options.secret ? 'secret' : 'public' }));
  if (options.rotate !== undefined) {
    await change('Made', client.call('POST', `${at(options.rotate)}/rotate`, {}));
    output.print(`The old one works until you revoke it: leat source keys ${id} --revoke ${options.rotate}`);
    return undefined;
  }
  if (options.revoke !== undefined) return change('Revoked', client.call('DELETE', at(options.revoke)));
  if (options.reveal !== undefined) return change('Key', client.call('POST', `${at(options.reveal)}/reveal`));
  const page = await client.get<Page<KeyView>>(path);
  output.json(page.items);
  const { dim, red, green } = output.color;
  output.table(
    ['KEY', 'CLASS', 'REGION', 'STATE', 'MADE', 'ID'],
    page.items.map((key) => [
      printable(key.key),
      key.class,
      key.region ?? '–',
      key.revokedAt === null ? green('works') : red('revoked'),
      key.createdAt.slice(0, 10),
      dim(key.id),
    ]),
  );
  return undefined;
}

async function test({ client, output, clock }: CliContext, name: string): Promise<void> {
  const source = await findSource(client, name);
  const result = await client.get<SourceTestView>(`sources/${encodeURIComponent(source.id)}/test`);
  output.json(result);
  const { green, red, bold, dim } = output.color;
  const mark = result.ok ? green('✓') : red('✗');
  output.print(`${mark} ${bold(printable(source.name))}: ${printable(result.message)}`);
  if (result.lastAcceptedAt !== null) output.print(dim(`  Last taken ${ago(result.lastAcceptedAt, clock.now())}.`));
  for (const { message, remedy } of result.problems)
    output.print(`  • ${printable(message)}\n    ${dim(printable(remedy))}`);
  if (!result.ok) throw new CliError('', { exitCode: exitCodes.unhealthy });
}
