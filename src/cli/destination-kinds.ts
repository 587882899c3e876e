// `leat destination kinds|suggest`: what destinations there can be, what one asks for, and what it could do with an event.
import { Command } from 'commander';
import { CliError } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Page } from './control-client.ts';
import { printable, things } from './output.ts';
import { printJson } from './print-event.ts';

interface KindSummary {
  readonly slug: string;
  readonly name: string;
  readonly addable: boolean;
  readonly origin: 'leat' | 'pack';
  readonly signIn: 'none' | 'secret' | 'oauth';
  readonly actions: number;
}

interface SettingView {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

interface KindView extends Omit<KindSummary, 'actions'> {
  readonly description: string;
  readonly settings: {
    readonly properties?: Readonly<Record<string, SettingView>>;
    readonly required?: readonly string[];
  };
  readonly actions: readonly { readonly slug: string; readonly name: string }[];
  readonly startsWith: readonly { readonly action: string; readonly name: string; readonly trigger: string }[];
}

interface SuggestionsView {
  readonly event: string;
  readonly actions: readonly {
    readonly kind: string;
    readonly name: string;
    readonly trigger: string;
    readonly mapping: unknown;
    readonly suggested: readonly { readonly field: string; readonly from: readonly string[] }[];
  }[];
}

export const destinationKinds = (open: OpenContext): readonly Command[] => [
  new Command('kinds')
    .description('list the kinds of destination, or show what one asks for')
    .argument('[kind]', 'a kind, or part of the names to list')
    .action(async (wanted: string | undefined, _: unknown, command: Command) => kinds(await open(command), wanted)),
  new Command('suggest')
    .description('suggest a trigger and a mapping by which a kind gets a semantic event, such as "Order Completed"')
    .argument('<kind>')
    .argument('<event>', 'any of its names')
    .action(async (kind: string, event: string, _: unknown, command: Command) =>
      suggest(await open(command), kind, event),
    ),
];

async function kinds(context: CliContext, wanted = ''): Promise<void> {
  const { client, output } = context;
  const { items } = await client.get<Page<KindSummary>>('catalog/summary');
  const addable = items.filter(({ addable }) => addable);
  if (addable.some(({ slug }) => slug === wanted)) return show(context, wanted);
  const word = wanted.toLowerCase();
  const found = addable.filter(({ slug, name }) => slug.includes(word) || name.toLowerCase().includes(word));
  output.json(found);
  if (found.length === 0)
    throw new CliError(`No kind of destination has "${wanted}" in its name.`, {
      hint: packHint(addable) ?? 'List them: leat destination kinds',
    });
  output.table(
    ['KIND', 'NAME', 'SIGN-IN', 'FROM'],
    found.map(({ slug, name, signIn, origin }) => [slug, printable(name), signIns[signIn], origin]),
  );
  const hint = packHint(addable);
  if (hint !== undefined) output.print(output.color.dim(hint));
}

/** What a kind’s settings have room for; not every kind insists on it. */
const signIns = { none: 'none', secret: 'key or password', oauth: 'OAuth app of yours' } as const;

const packHint = (items: readonly KindSummary[]): string | undefined =>
  items.some(({ origin }) => origin === 'pack')
    ? undefined
    : 'The pack of cloud destinations, which has some 150 more, is not installed: leat connectors install';

async function show({ client, output }: CliContext, slug: string): Promise<void> {
  const kind = await client.get<KindView>(`catalog/${encodeURIComponent(slug)}`);
  output.json(kind);
  const { bold, dim } = output.color;
  output.print(`${bold(printable(kind.name))} ${dim(kind.slug)}\n`);
  output.print(`${kind.description.split('\n').map(printable).join('\n')}\n`);
  output.table(
    ['SETTING', '', 'DEFAULT', 'WHAT IT IS'],
    settingRows(kind).map(([name, state, fallback, text]) => [bold(name), state, fallback, printable(text)]),
  );
  output.print('');
  if (kind.startsWith.length === 0)
    output.print('A new destination starts with no action, and sends nothing until it has one.');
  else
    output.table(
      ['STARTS WITH', 'ACTION', 'FOR'],
      kind.startsWith.map(({ action, name, trigger }) => [printable(name), action, printable(trigger)]),
    );
  const others = kind.actions.filter(({ slug }) => !kind.startsWith.some(({ action }) => action === slug));
  if (others.length > 0)
    output.print(`\nOther actions: ${others.map(({ slug, name }) => `${printable(name)} (${slug})`).join(', ')}`);
}

function settingRows({ settings, slug }: KindView): (readonly [string, string, string, string])[] {
  const required = new Set(settings.required);
  return Object.entries(settings.properties ?? {}).map(([name, setting]) => {
    const fallback = setting.default === undefined ? '' : JSON.stringify(setting.default);
    const text = name === 'delivery' ? `Retries and limits: GET /api/v1/catalog/${slug}` : setting.description;
    const choices = (setting.enum ?? []).map(String);
    const listed = choices.length > 0 && !choices.every((choice) => text?.includes(choice));
    const described = `${text ?? setting.title ?? ''}${listed ? ` One of ${choices.join(', ')}.` : ''}`;
    return [name, required.has(name) && fallback === '' ? 'required' : '', fallback, described];
  });
}

async function suggest({ client, output }: CliContext, kind: string, event: string): Promise<void> {
  const answer = await client.get<SuggestionsView>(
    `catalog/${encodeURIComponent(kind)}/suggestions?event=${encodeURIComponent(event)}`,
  );
  output.json(answer);
  const { bold, dim } = output.color;
  if (answer.actions.length === 0)
    output.print(
      `${printable(answer.event)} has no property for a field that ${printable(kind)} leaves empty: its default mappings read what there is.`,
    );
  for (const { kind: slug, name, trigger, mapping, suggested } of answer.actions) {
    output.print(`${bold(printable(name))} ${dim(slug)}, ${things(suggested.length, 'field')} suggested`);
    for (const { field, from } of suggested) output.print(`    ${printable(`${field} from ${from.join(', ')}`)}`);
    output.print(`    trigger  ${printable(trigger)}`);
    printJson(output, mapping);
  }
}
