// `leat explain <messageId>`: where an event is, what it did, and how it stands at each destination.
import { Command } from 'commander';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import type { Output } from './output.ts';
import { printable, things } from './output.ts';
import { printExchange, printJson, printNotes } from './print-event.ts';
import type { ExchangeView, NoteView } from './print-event.ts';
import { printRoute } from './print-route.ts';
import type { RouteView } from './print-route.ts';
import { routeReason } from './route-reason.ts';

interface ExplanationView {
  readonly sourceId: string;
  readonly sourceName: string | null;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly partition: number;
  readonly offset: number;
  readonly event: Readonly<Record<string, unknown>>;
  readonly validation: { readonly notes: readonly NoteView[] };
  readonly deduplication: {
    readonly coveredSince: string;
    readonly covered: boolean;
    readonly repeats: {
      readonly count: number;
      readonly firstAt: string;
      readonly lastAt: string;
      readonly client: string;
    } | null;
  };
  readonly workspace: {
    readonly differsToday: readonly string[];
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
    readonly route: RouteView;
    readonly differsToday: readonly string[];
    readonly sends: {
      readonly problem: string | null;
      readonly actions: readonly {
        readonly name: string;
        readonly problem: string | null;
        readonly requests: readonly ExchangeView['request'][];
      }[];
    } | null;
    readonly edited: { readonly at: string } | null;
    readonly heldUp: { readonly by: string; readonly reason: string | null; readonly until: string | null } | null;
    readonly replays: readonly {
      readonly id: string;
      readonly state: string;
      readonly outcome: string;
      readonly reason: string | null;
    }[];
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
    .argument('<messageId>', 'of the event; leat tail --last 5 shows the latest ones')
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
      hint: 'It may never have arrived (leat source test <source>), have come with an unknown key (leat doctor), be older than the log keeps events, or have been sent under another id.',
    },
  );
}

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
  printNotes(output, item.validation.notes);
  output.print(
    `${green('✓')} the first with this messageId of its source; a repeat ${item.deduplication.covered ? 'is not stored' : 'would be taken for new by now'} ${dim(`(ids are known since ${item.deduplication.coveredSince})`)}`,
  );
  const { repeats } = item.deduplication;
  if (repeats) {
    const when = repeats.count === 1 ? `at ${repeats.lastAt}` : `from ${repeats.firstAt} to ${repeats.lastAt}`;
    const by = repeats.client === '' ? '' : `, by ${printable(repeats.client)}`;
    output.print(
      `    ${things(repeats.count, 'repeat')} came ${when}${by}, and ${repeats.count === 1 ? 'was' : 'were'} not stored`,
    );
  }
  const to = workspace.person === null ? '' : ` for ${workspace.person}`;
  if (workspace.state === 'waiting') output.print(`${yellow('…')} workspace: has not come to it yet`);
  else
    output.print(
      `${workspace.outcome === 'discarded' ? red('✗') : green('✓')} workspace: ${workspace.outcome ?? 'applied'}${workspace.reason === null ? '' : ` (${workspace.reason})`}${printable(to)}`,
    );
  for (const change of workspace.changes) output.print(`    ${printable(change)}`);
  for (const note of workspace.notes) output.print(`    ${yellow(printable(note))}`);
  for (const difference of workspace.differsToday) output.print(yellow(`    differs today: ${printable(difference)}`));
  for (const at of item.destinations) printDestination(output, at);
  printJson(output, event);
}

function printDestination(output: Output, at: ExplanationView['destinations'][number]): void {
  const { dim, green, yellow, red } = output.color;
  const why = at.route.matched ? '' : ` (${routeReason(at.route.reason)})`;
  const standing =
    at.standing === 'done'
      ? at.route.matched
        ? 'delivered'
        : 'filtered'
      : (standingWords[at.standing] ?? at.standing);
  const bad = ['dead letter', 'discarded', 'skipped'].includes(at.standing);
  const done = at.standing === 'done';
  const last = at.attempts.findLast(({ outcome }) => outcome === 'delivered');
  const when = last && standing === 'delivered' ? ` at try ${last.attempt}, ${last.at}` : '';
  output.print(
    `${bad ? red('✗') : done ? green('✓') : at.standing === 'before start' ? dim('–') : yellow('…')} ${printable(at.name)}: ${standing}${when}${why}`,
  );
  if (at.heldUp) {
    const { by, reason, until } = at.heldUp;
    output.print(
      yellow(
        `    waits: the destination is ${by}${reason === null ? '' : `: ${printable(reason)}`}${until === null ? '' : ` It is tried again at ${until}.`}`,
      ),
    );
  }
  for (const replay of at.replays)
    output.print(
      `    replay ${replay.id} (${replay.state}): ${replayWords[replay.outcome] ?? replay.outcome}${replay.reason === null ? '' : `: ${printable(replay.reason)}`}`,
    );
  if (at.edited)
    output.print(
      yellow(`    edited at ${at.edited.at}: what is shown here is of the edited event, below is the one that came in`),
    );
  printRoute(output, at.route);
  for (const sent of at.sends?.actions ?? []) {
    if (sent.problem !== null) output.print(`    ${red(printable(sent.problem))}`);
    const sense = senseOf(at.standing);
    for (const request of sent.requests) {
      output.print(dim(`    ${sense} by ${printable(sent.name)}:`));
      printExchange(output, { request, response: null });
    }
  }
  if (at.sends?.problem) output.print(`    ${red(printable(at.sends.problem))}`);
  for (const attempt of at.attempts)
    output.print(
      `    ${dim(`try ${attempt.attempt} at ${attempt.at}, ${Math.round(attempt.durationMs)} ms`)}: ${attempt.outcome}${attempt.status === null ? '' : ` (${attempt.status})`}${attempt.error === null ? '' : ` ${printable(attempt.error)}`}`,
    );
  for (const difference of at.differsToday) output.print(yellow(`    differs today: ${printable(difference)}`));
  if (at.routedWith === 'present' && at.standing === 'done')
    output.print(dim('    worked out with the present configuration: the one of then is no longer on record'));
  if (at.codeVersion !== null)
    output.print(dim(`    routed by Leat ${at.codeVersion}; today’s code may come out differently`));
}

/** Standings that do not speak for themselves. */
const standingWords: Readonly<Record<string, string>> = {
  'before start': 'not sent: it lies before where the destination begins',
  'dead letter': 'dead letter; mend it, try it again or give it up: leat dead-letters',
  discarded: 'discarded, as a user gave its dead letter up',
  skipped: 'skipped, with the backlog, as a user had it do',
};

const replayWords: Readonly<Record<string, string>> = {
  waiting: 'has not come to it yet',
  'not reached': 'ended before it came to it',
  refused: 'could not send it',
  sent: 'sent it',
  'left out': 'left it out, since no action takes it',
  'sent or left out': 'came to it, and sent it if an action took it',
};

/** Of a request that is shown: whether it went out, will, or would have. */
function senseOf(standing: string): string {
  if (standing === 'done') return 'sent (worked out with the present settings)';
  if (standing === 'before start') return 'what a replay sends';
  if (standing === 'dead letter') return 'what a retry sends';
  return standing === 'skipped' || standing === 'discarded' ? 'not sent' : 'to be sent';
}
