// `leat person <identifier>`: a person with attributes, devices, relationships and latest events.
import { Command, InvalidArgumentError } from 'commander';
import { CliError } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Page } from './control-client.ts';
import { printable } from './output.ts';

interface PersonView {
  readonly identifiers: {
    readonly id: string | null;
    readonly email: string | null;
    readonly phone: string | null;
    readonly cioId: string;
    readonly anonymousIds: readonly string[];
    readonly previousIds: readonly string[];
  };
  readonly attributes: Readonly<Record<string, { readonly value: unknown; readonly at: string }>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly devices: readonly {
    readonly token: string;
    readonly platform: string | null;
    readonly lastUsedAt: string;
  }[];
  readonly relationships: readonly { readonly objectTypeId: string; readonly objectId: string }[];
}

interface ActivityView {
  readonly messageId: string;
  readonly type: string;
  readonly name: string;
  readonly at: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export const personCommand = (open: OpenContext): Command =>
  new Command('person')
    .description('look a person up by id, email, cio_… or anonymous id')
    .argument('<identifier>')
    .option('--events <n>', 'how many of the latest events to show', parseCount, 10)
    .action(async (identifier: string, options: { readonly events: number }, command: Command) =>
      show(await open(command), identifier, options.events),
    );

/** A whole number of 0 to 500. */
function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 500)
    throw new InvalidArgumentError('Give a number of 0 to 500.');
  return value;
}

async function show({ client, output }: CliContext, identifier: string, events: number): Promise<void> {
  const path = `people/${encodeURIComponent(identifier)}`;
  const [person, refusal] = await client.get<PersonView>(path).then(
    (found) => [found, null] as const,
    (error: unknown) => {
      if (error instanceof CliError && error.status === 404) return [null, error] as const;
      throw error;
    },
  );
  const timeline =
    events === 0 ? { items: [], next: null } : await client.get<Page<ActivityView>>(`${path}/events?limit=${events}`);
  if (!person && timeline.items.length === 0)
    // The server says whether there is nobody, or the identifier is suppressed.
    throw new CliError(`"${printable(identifier)}": ${refusal?.message ?? 'There is no person.'}`);
  output.json({ person, events: timeline.items });
  const { bold, dim } = output.color;
  if (person) {
    const { id, email, phone, cioId, anonymousIds, previousIds } = person.identifiers;
    output.print(bold(printable(id ?? email ?? cioId)));
    const facts: readonly (readonly [string, readonly (string | null)[]])[] = [
      ['id', [id]],
      ['email', [email]],
      ['phone', [phone]],
      ['cio id', [cioId]],
      ['anonymous', anonymousIds],
      ['merged from', previousIds],
      ['devices', person.devices.map(({ token, platform }) => `${token} (${platform ?? 'unknown'})`)],
      ['objects', person.relationships.map(({ objectTypeId, objectId }) => `${objectTypeId}/${objectId}`)],
      ['created', [person.createdAt]],
      ['updated', [person.updatedAt]],
    ];
    for (const [name, values] of facts) {
      const shown = values.filter((value) => value !== null);
      if (shown.length > 0) output.print(`${dim(name.padEnd(12))} ${printable(shown.join(', '))}`);
    }
    const attributes = Object.entries(person.attributes);
    output.print(`\n${bold('Attributes')}${attributes.length === 0 ? ': none' : ''}`);
    if (attributes.length > 0)
      output.table(
        ['NAME', 'VALUE', 'SET AT'],
        attributes.map(([name, { value, at }]) => [printable(name), printable(JSON.stringify(value)), dim(at)]),
      );
  } else {
    output.print(`"${printable(identifier)}" is an anonymous id that no person has yet; this is its activity.`);
  }
  if (timeline.items.length === 0) return;
  output.print(`\n${bold('Latest events')}`);
  output.table(
    ['AT', 'TYPE', 'NAME', 'PROPERTIES', 'MESSAGE'],
    timeline.items.map((one) => [
      one.at,
      one.type,
      printable(one.name),
      printable(shortened(JSON.stringify(one.properties))),
      dim(printable(one.messageId)),
    ]),
  );
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
