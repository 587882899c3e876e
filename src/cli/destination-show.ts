// `leat destination show`: one destination on one screen, with how it is being served at this moment.
import { Command } from 'commander';
import type { CliContext, OpenContext } from './context.ts';
import { findDestination } from './find-destination.ts';
import type { PaceView } from './find-destination.ts';
import { ago, count, printable, things } from './output.ts';
import type { StatusView } from './status-command.ts';

export const destinationShow = (open: OpenContext): Command =>
  new Command('show')
    .description('show how a destination is doing and how fast it is being served')
    .argument('<destination>', 'id or name')
    .action(async (name: string, _: unknown, command: Command) => show(await open(command), name));

async function show({ client, output, clock }: CliContext, name: string): Promise<void> {
  const [destination, status] = await Promise.all([
    findDestination(client, name),
    client.get<Pick<StatusView, 'destinations'>>('status'),
  ]);
  output.json(destination);
  const { bold, dim, green, red, yellow } = output.color;
  const { id, kind, enabled, state, pace, actions } = destination;
  const own = status.destinations.find((one) => one.id === id);
  const line = (label: string, text: string): void => output.print(`${dim(label.padEnd(14))} ${text}`);
  output.print(`${bold(printable(destination.name))} ${dim(`${kind}, ${id}`)}`);
  line('state', !enabled ? dim('off') : pace?.breaker === 'closed' ? green('on') : yellow('paused'));
  line('actions', things(actions.length, 'action'));
  if (own) line('waiting', `${things(own.lag, 'event')} not reached, ${count(own.parked)} between retries`);
  if (state) {
    line('dead letters', state.deadLetters > 0 ? red(count(state.deadLetters)) : '0');
    line('last delivery', ago(state.lastSuccessAt, clock.now()));
    if (state.lastError !== null) {
      const when = state.lastErrorAt === null ? '' : `${ago(state.lastErrorAt, clock.now())}: `;
      line('last fault', `${when}${printable(state.lastError)}`);
    }
  }
  if (!pace) return;
  line(
    'at once',
    `${count(pace.inFlight)} under way, ${count(pace.limit)} allowed now, ${pace.maxConcurrency} at most`,
  );
  line('rate', pace.ratePerSecond === null ? 'no limit' : `${count(pace.ratePerSecond)} requests a second`);
  line('breaker', breakerLine(pace));
  if (pace.lastRetryAfter)
    line('retry-after', `asked ${ago(pace.lastRetryAfter.at, clock.now())} to wait until ${pace.lastRetryAfter.until}`);
}

function breakerLine({ breaker, breakerReason, nextProbeAt }: PaceView): string {
  if (breaker === 'closed') return 'closed: requests pass';
  const until = nextProbeAt === null ? '' : ` until ${nextProbeAt}`;
  return `${breaker === 'open' ? `open${until}` : 'probing'}: ${printable(breakerReason ?? 'no reason is known')}`;
}
