// The entry: runs the command line, of which `start` is the server itself.
import { readFileSync } from 'node:fs';
import { shareCompileCache } from './config/compile-cache.ts';

shareCompileCache();

const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;

// Everything else is imported after the cache is on, and the server only by the command that starts it: the other
// commands are clients.
// A reader that has seen enough (`| head`) closes the pipe: that is its right, and no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const { runCli } = await import('./cli/program.ts');
let served = false;
process.exitCode = await runCli(process.argv, {
  start: async () => {
    served = true;
    const { settingsFromEnvironment } = await import('./config/parse-settings.ts');
    const { systemClock } = await import('./lib/clock.ts');
    const { runServer } = await import('./server/run-server.ts');
    return runServer({ settings: settingsFromEnvironment(), clock: systemClock, version });
  },
  openServer: async (settings) => {
    served = true;
    const { systemClock } = await import('./lib/clock.ts');
    const { startServer } = await import('./server/start-server.ts');
    const { createLogger } = await import('./telemetry/logger.ts');
    const logger = createLogger('main', settings.LEAT_LOG_LEVEL);
    return startServer({ settings, logger, clock: systemClock, version });
  },
});
// A start that failed half-way may have left a thread behind; whoever supervises the process must see it end.
if (served) process.exit();
