// `leat demo`: a server of its own with a shop's traffic in it, to look around in without a set-up.
import { Command } from 'commander';
import { parseSettings } from '../config/parse-settings.ts';
import type { Settings } from '../config/settings-table.ts';
import { demoKeys } from '../demo/demo-workspace.ts';
import { openDemoFolder } from '../demo/demo-folder.ts';
import type { DemoFolder } from '../demo/demo-folder.ts';
import { Demo } from '../demo/demo.ts';
import type { DemoSummary } from '../demo/ledger-summary.ts';
import { findAccess } from './access.ts';
import { CliError } from './cli-error.ts';
import type { CliContext, OpenContext } from './context.ts';
import { ControlClient } from './control-client.ts';
import { count, things } from './output.ts';
import { progressLine } from './progress-bar.ts';
import { wholeNumber } from './whole-number.ts';

/** A server in this process, as far as the demo needs one. */
interface DemoServer {
  readonly url: string;
  /** Resolves when the server cannot go on. */
  readonly lost: Promise<Error>;
  stop(): Promise<void>;
}

/** Starts a server with these settings. */
export type OpenServer = (settings: Settings) => Promise<DemoServer>;

interface DemoOptions {
  readonly dataDir?: string;
  readonly port: number;
  readonly seed: number;
  readonly days: number;
  readonly rate: number;
  readonly once?: boolean;
}

export const demoCommand = (open: OpenContext, openServer: OpenServer): Command =>
  new Command('demo')
    .description('start a server with a shop’s traffic in it, to look around')
    .option('--data-dir <folder>', 'keep the demo in this folder, and go on with it the next time')
    .option('--port <port>', 'port to listen on, 0 for a free one', wholeNumber(0, 65_535), 0)
    .option('--seed <number>', 'the same number makes the same shop', wholeNumber(0, 4_294_967_295), 1)
    .option('--days <days>', 'past days to fill in', wholeNumber(1, 60), 14)
    .option('--rate <events>', 'live events a second', wholeNumber(1, 200), 4)
    .option('--once', 'end when the past days are filled in and delivered, and keep the folder')
    .action(async (options: DemoOptions, command: Command) => runDemo(await open(command), options, openServer));

async function runDemo(context: CliContext, options: DemoOptions, openServer: OpenServer): Promise<void> {
  const folder = openDemoFolder(options.dataDir);
  const isTemporary = options.dataDir === undefined && options.once !== true;
  try {
    const server = await openServer(settingsOf(folder, options.port));
    try {
      const lost = server.lost.then((error) => {
        throw new CliError(`The demo’s server cannot go on: ${error.message}`);
      });
      await Promise.race([lost, showDemo(context, options, server, folder)]);
    } finally {
      await server.stop();
    }
  } finally {
    if (isTemporary) folder.remove();
  }
}

async function showDemo(
  context: CliContext,
  options: DemoOptions,
  server: DemoServer,
  folder: DemoFolder,
): Promise<void> {
  const { output, clock, interrupted: signal } = context;
  const itsOwn = { ...context.environment, token: null, dataDir: folder.data };
  const control = new ControlClient(await findAccess(itsOwn, server.url));
  const demo = await Demo.open({ ...options, url: server.url, control, folder, clock, signal });
  try {
    const { owner } = demo;
    const { bold, cyan, dim } = output.color;
    output.print(`\n${bold('Leat demo')} at ${cyan(server.url)}\n`);
    output.print(`  sign in as    ${bold(owner.email)}  with  ${bold(owner.password)}`);
    output.print(`  folder        ${folder.path}\n`);
    const began = clock.monotonic();
    await demo.backfill((events, share) =>
      output.redraw(progressLine({ events, elapsedMs: clock.monotonic() - began, share })),
    );
    output.redraw(null);
    const summary = await demo.settle();
    output.json({ url: server.url, dataDir: folder.data, owner, keys: demoKeys, ...summary });
    if (signal.aborted) return;
    printSummary(context, summary, folder.data);
    if (options.once === true) return;
    output.print(`${dim(`Live traffic at ${options.rate} events a second. Ctrl-C ends it.`)}\n`);
    await demo.live(options.rate);
    const end = await demo.settle();
    output.print(`\nEnded after ${things(end.accepted, 'event')}; the ledger ${verdict(end)}.`);
  } finally {
    await demo.close();
  }
}

function printSummary({ output }: CliContext, summary: DemoSummary, dataDir: string): void {
  const { bold } = output.color;
  const { people, objects, accepted, rejections, deadLetters } = summary;
  output.print(
    `${count(accepted)} events of ${count(people)} people and ${count(objects)} companies; the ledger ${verdict(summary)}.`,
  );
  output.print(`\n${bold('What to look at')}
  Overview       what comes in and goes out, and what wants attention
  Destinations   "Loyalty points" is down for a while again and again, and catches up by itself
                 "Order desk" refused ${things(deadLetters, 'order')}: mend one and send it again
  Sources        "Old till" sent ${things(rejections, 'call')} that could not be taken, each with its reason
  People         visitors who signed up, with what they did before
  Ledger         where every event went

  LEAT_DATA_DIR=${dataDir} ./leat tail     and every other command, on this demo
`);
}

const verdict = ({ balanced }: DemoSummary): string => (balanced ? 'balances' : 'does not balance');

/** Only for this machine; whatever the environment says of a real server does not count. */
function settingsOf(folder: DemoFolder, port: number): Settings {
  return parseSettings({
    LEAT_HOST: '127.0.0.1',
    LEAT_PORT: String(port),
    LEAT_DATA_DIR: folder.data,
    LEAT_WRITE_KEY: demoKeys.web,
    LEAT_PRIVATE_DESTINATIONS: 'true',
    LEAT_LOG_LEVEL: 'error',
  });
}
