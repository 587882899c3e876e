// The life of the server process: start, say where it is, wait for a signal, stop.
import { keepCompiled } from '../config/compile-cache.ts';
import { describeSettings } from '../config/parse-settings.ts';
import type { Settings } from '../config/settings-table.ts';
import type { Clock } from '../lib/clock.ts';
import { createLogger } from '../telemetry/logger.ts';
import { startServer } from './start-server.ts';
import { welcome } from './welcome.ts';

export interface ServerProcess {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly version: string;
}

/** A stop that takes longer than this is given up: everything is crash-safe, so ending is better than hanging. */
const stopWithinMs = 20_000;
/** A Ctrl-C at `npm start` comes twice, from the terminal and through npm: what follows so soon is no second wish. */
const oneWishMs = 1000;

/** Runs until SIGINT, SIGTERM or the loss of a thread. Resolves with the exit code. */
export async function runServer({ settings, clock, version }: ServerProcess): Promise<number> {
  const logger = createLogger('main', settings.LEAT_LOG_LEVEL);
  const asked = firstSignal(clock);
  const began = clock.monotonic();
  const server = await startServer({ settings, logger, clock, version });
  logger.info(
    {
      url: server.url,
      dataDir: server.dataDir,
      version,
      startMs: Math.round(clock.monotonic() - began),
      changed: describeSettings(settings),
    },
    'Leat listens.',
  );
  process.stdout.write(welcome(server, process.stdout.isTTY));
  keepCompiled();

  const ended = await Promise.race([asked, server.lost]);
  const lost = ended instanceof Error;
  if (lost)
    logger.error(
      { reason: ended.message },
      'A thread ended unexpectedly. Leat stops; everything accepted is on disk, start it again.',
    );
  else logger.info({ signal: ended }, 'Stopping.');
  const giveUp = setTimeout(() => {
    logger.warn(
      {},
      'Stopping took too long and is given up. Nothing is lost: the next start redoes what was under way.',
    );
    process.exit(1);
  }, stopWithinMs);
  await server.stop();
  clearTimeout(giveUp);
  if (!lost) logger.info({}, 'Stopped.');
  return lost ? 1 : 0;
}

/** The signal that asks for an end. A later one ends the process the hard way. */
function firstSignal(clock: Clock): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    const onSignal = (signal: NodeJS.Signals): void => {
      const now = clock.monotonic();
      askedAt ??= now;
      if (now - askedAt > oneWishMs) process.exit(1);
      resolve(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  });
}
