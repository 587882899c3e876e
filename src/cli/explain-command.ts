// `leat explain <messageId>`: where an event is, what it did, and how it stands at each destination.
import { Command } from 'commander';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Output } from './output.ts';
import { printable } from './output.ts';

interface ExplanationView {
  readonly sourceId: string;
  readonly sourceName: string | null;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly partition: number;
  readonly offset: number;
  readonly event: Readonly<Record<string, unknown>>;
  readonly workspace: {
    readonly state: 'waiting' | 'applied';
    readonly outcome: string | null;
    readonly reason: string | null;
    readonly person: string | null;
    readonly changes: readonly string[];
    readonly notes: readonly string[];
  };
  readonly destinations: readonly {
    readonly name: string;
    readonly kind: string;
    readonly standing: string;
    readonly route: {
      readonly matched: boolean;
      readonly reason?: string;
      readonly actions: readonly { readonly name: string; readonly matched: boolean; readonly problem?: string }[];
    };
    readonly routedWith: 'recorded' | 'present';
    readonly codeVersion: string | null;
    readonly attempts: readonly {
      readonly attempt: number;
      readonly at: string;
      readonly outcome: string;
      readonly status: number | null;
      readonly error: string | null;
      readonly durationMs: number;
    }[];
  }[];
}

interface ExplainAnswer {
  readonly items: readonly ExplanationView[];
  readonly rejections: readonly {
    readonly at: string;
    readonly reason: string;
    readonly message: string;
    readonly route: string;
  }[];
}

export const explainCommand = (open: OpenContext): Command =>
  new Command('explain')
    .description('say what became of an event')
    .argument('<messageId>')
    .option('--source <id>', 'only of this source: a messageId is unique per source only')
    .action(async (messageId: string, options: { readonly source?: string }, command: Command) =>
      explain(await open(command), messageId, options.source),
    );

async function explain({ client, output }: CliContext, messageId: string, source: string | undefined): Promise<void> {
  const query = source === undefined ? '' : `?source=${encodeURIComponent(source)}`;
  const answer = await client.get<ExplainAnswer>(`events/${encodeURIComponent(messageId)}${query}`);
  output.json(answer);
  for (const item of answer.items) printEvent(output, item);
  if (answer.items.length > 0) return;
  const { red, dim, bold } = output.color;
  for (const { at, reason, message, route } of answer.rejections)
    output.print(`${red('✗')} ${bold('Not taken')} ${dim(at)} on ${route}: ${reason}\n  ${printable(message)}`);
  if (answer.rejections.length > 0) throw new CliError('', { exitCode: exitCodes.unhealthy });
  throw new CliError(
    `There is no event with the messageId "${messageId}", and no rejected call with it is on record.`,
    {
      hint: 'It may never have arrived (leat source test <source>), be older than the log keeps events, or have been sent under another id.',
    },
  );
}

const reasons: Readonly<Record<string, string>> = {
  disabled: 'the destination is off',
  source_not_connected: 'it does not take events of this source',
  integrations: 'the call’s integrations keep it away',
  no_action_matches: 'no action wants it',
};

function printEvent(output: Output, item: ExplanationView): void {
  const { bold, dim, green, yellow, red } = output.color;
  const { event, workspace } = item;
  const title = [event['type'], event['event'] ?? event['name'] ?? event['groupId'] ?? event['previousId']];
  output.print(
    `${bold(printable(title.filter((part) => typeof part === 'string').join(' ')))} ${dim(printable(item.messageId))}`,
  );
  output.print(
    `${green('✓')} stored at ${item.receivedAt}, offset ${item.offset}, from ${printable(item.sourceName ?? item.sourceId)}`,
  );
  const to = workspace.person === null ? '' : ` for ${workspace.person}`;
  if (workspace.state === 'waiting') output.print(`${yellow('…')} workspace: has not come to it yet`);
  else
    output.print(
      `${workspace.outcome === 'discarded' ? red('✗') : green('✓')} workspace: ${workspace.outcome ?? 'applied'}${workspace.reason === null ? '' : ` (${workspace.reason})`}${printable(to)}`,
    );
  for (const change of workspace.changes) output.print(`    ${printable(change)}`);
  for (const note of workspace.notes) output.print(`    ${yellow(printable(note))}`);
  for (const at of item.destinations) {
    const why = at.route.matched ? '' : ` (${reasons[at.route.reason ?? ''] ?? at.route.reason ?? 'not wanted'})`;
    const standing = at.standing === 'done' ? (at.route.matched ? 'delivered' : 'filtered') : at.standing;
    const bad = ['dead letter', 'discarded'].includes(at.standing);
    const done = at.standing === 'done' || at.standing === 'before start';
    output.print(`${bad ? red('✗') : done ? green('✓') : yellow('…')} ${printable(at.name)}: ${standing}${why}`);
    for (const action of at.route.actions)
      if (action.matched || action.problem !== undefined)
        output.print(
          `    action ${printable(action.name)}${action.problem === undefined ? '' : `: ${red(printable(action.problem))}`}`,
        );
    for (const attempt of at.attempts)
      output.print(
        `    ${dim(`try ${attempt.attempt} at ${attempt.at}, ${Math.round(attempt.durationMs)} ms`)}: ${attempt.outcome}${attempt.status === null ? '' : ` (${attempt.status})`}${attempt.error === null ? '' : ` ${printable(attempt.error)}`}`,
      );
    if (at.routedWith === 'present' && at.standing === 'done')
      output.print(dim('    worked out with the present configuration: the one of then is no longer on record'));
    if (at.codeVersion !== null)
      output.print(dim(`    routed by Leat ${at.codeVersion}; today’s code may come out differently`));
  }
  output.print(dim(JSON.stringify(event, null, 2).split('\n').map(printable).join('\n')));
}
