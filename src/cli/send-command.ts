// `leat send`: one call made of flags, or a file of calls.
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { eventTypes } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import type { JsonObject } from '../lib/json.ts';
import { uuid } from '../lib/random.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Page } from './control-client.ts';
import { sendCalls } from './ingest-client.ts';
import { printable } from './output.ts';
import { sendFile } from './send-file.ts';
import { findSource } from './source-command.ts';
import type { KeyView, SourceView } from './source-command.ts';
import { wholeNumber } from './whole-number.ts';

interface SendOptions {
  readonly user?: string;
  readonly anonymous?: string;
  readonly event?: string;
  readonly name?: string;
  readonly group?: string;
  readonly previous?: string;
  readonly traits?: JsonObject;
  readonly properties?: JsonObject;
  readonly context?: JsonObject;
  readonly integrations?: JsonObject;
  readonly timestamp?: string;
  readonly messageId?: string;
  readonly key?: string;
  readonly source?: string;
  readonly permissive?: boolean;
  readonly file?: string;
  readonly batch: number;
  readonly rate: number;
  readonly fromLine: number;
  readonly retryFor: number;
}

export const sendCommand = (open: OpenContext): Command =>
  new Command('send')
    .description('send one call, or a file of calls (a backfill)')
    .addArgument(new Argument('[type]', 'type of the one call').choices(eventTypes).argParser(parseType))
    .option('--user <id>', 'userId')
    .option('--anonymous <id>', 'anonymousId')
    .option('--event <name>', 'name of a track call')
    .option('--name <name>', 'name of a page or screen call')
    .option('--group <id>', 'groupId')
    .option('--previous <id>', 'previousId of an alias call')
    .option('--traits <json>', 'traits', parseObject)
    .option('--properties <json>', 'properties', parseObject)
    .option('--context <json>', 'context', parseObject)
    .option('--integrations <json>', 'integrations', parseObject)
    .option('--timestamp <time>', 'when it happened, ISO 8601')
    .option('--message-id <id>', 'messageId; made when left out')
    .addOption(
      new Option('--file <path>', 'send a file with one call per line (NDJSON); - reads standard input').conflicts(
        'event',
      ),
    )
    .option('--batch <n>', 'with --file: calls in one request', wholeNumber(1, 2500), 500)
    .option('--rate <n>', 'with --file: events per second at most; 0 for no limit', wholeNumber(0, 10_000_000), 0)
    .option('--from-line <n>', 'with --file: begin at this line', wholeNumber(1, Number.MAX_SAFE_INTEGER), 1)
    .option('--retry-for <s>', 'how long to try again while the server cannot store', wholeNumber(0, 86_400), 60)
    .option('--permissive', 'let the server record bad calls as rejections instead of refusing them')
    .option('--key <key>', 'write key (LEAT_WRITE_KEY)')
    .option('--source <source>', 'send as this source, by id or name; the first one when left out')
    .addHelpText(
      'after',
      `
Examples:
  leat send track --user u1 --event "Order Completed" --properties '{"total": 42}'
  leat send identify --user u1 --traits '{"email": "ann@example.com"}'
  leat send --file history.ndjson --rate 5000`,
    )
    .action(async (type: string | undefined, options: SendOptions, command: Command) => {
      const context = await open(command);
      if (options.file !== undefined && type === undefined) return sendWhole(context, options, options.file);
      if (type === undefined || options.file !== undefined)
        throw new CliError('Give either the type of one call, such as `leat send track …`, or a file with --file.', {
          exitCode: exitCodes.usage,
        });
      return sendOne(context, type, options);
    });

async function sendWhole(context: CliContext, options: SendOptions, file: string): Promise<void> {
  const { batch: maxCalls, fromLine, rate, retryFor, permissive = false } = options;
  const key = await findKey(context, options);
  await sendFile(context, { key, file, maxCalls, fromLine, rate, retryForMs: retryFor * 1000, permissive });
}

async function sendOne(context: CliContext, type: string, options: SendOptions): Promise<void> {
  const { client, clock, output, interrupted } = context;
  const messageId = options.messageId ?? `cli-${uuid()}`;
  // Members that are undefined are left out by JSON.stringify.
  const call = {
    messageId,
    userId: options.user,
    anonymousId: options.anonymous,
    event: options.event,
    name: options.name,
    groupId: options.group,
    previousId: options.previous,
    traits: options.traits,
    properties: options.properties,
    context: options.context,
    integrations: options.integrations,
    timestamp: options.timestamp,
  };
  const ingest = {
    key: await findKey(context, options),
    strict: options.permissive !== true,
    retryForMs: options.retryFor * 1000,
    onRetry: (reason: string) => output.note(output.color.yellow(`${reason} Trying again.`)),
  };
  const { faults } = await sendCalls(client, clock, `/v1/${type}`, JSON.stringify(call), ingest, interrupted);
  if (faults.length > 0) throw new CliError(`The call was refused:\n${faults.join('\n')}`);
  output.json({ ok: true, messageId, storageConfirmed: ingest.strict });
  const { green, dim } = output.color;
  output.print(
    ingest.strict
      ? `${green('✓')} stored ${dim(messageId)}`
      : `${green('✓')} answered 200, stored or not ${dim(messageId)}`,
  );
  output.print(`See what becomes of it: leat explain ${messageId}`);
}

/** The key given, or a working one of the source given, or of the first source that has one. */
async function findKey(context: CliContext, options: SendOptions): Promise<string> {
  const { client, environment } = context;
  if (options.key !== undefined) return options.key;
  if (options.source === undefined && environment.writeKey !== null) return environment.writeKey;
  const sources =
    options.source === undefined
      ? (await client.get<Page<SourceView>>('sources')).items.filter(({ enabled }) => enabled)
      : [await findSource(client, options.source)];
  for (const source of sources) {
    const key = source.keys.find(({ revokedAt, shown }) => revokedAt === null && shown);
    if (key) return key.key;
  }
  for (const source of sources) {
    const hidden = source.keys.find(({ revokedAt }) => revokedAt === null);
    if (hidden) return (await client.call<KeyView>('POST', `sources/${source.id}/keys/${hidden.id}/reveal`)).key;
  }
  throw new CliError(
    options.source === undefined
      ? 'There is no source with a key that works.'
      : `Source "${options.source}" has no key that works.`,
    {
      hint: 'Add one: leat source add <name>, or leat source keys <source> --add',
    },
  );
}

function parseType(text: string): string {
  if (eventTypes.some((type) => type === text)) return text;
  throw new InvalidArgumentError(
    `It is none of ${eventTypes.join(', ')}. To send a file: leat send --file ${printable(text)}`,
  );
}

function parseObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (!isObject(value)) throw new InvalidArgumentError(`Give a JSON object such as '{"plan": "pro"}'.`);
  return value;
}
