// The entry: runs the command line, of which `start` is the server itself.
import { readFileSync } from 'node:fs';
import { shareCompileCache } from './config/compile-cache.ts';

shareCompileCache();

const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;

// Everything else is imported after the cache is on, and the server only by the command that starts it: the other
// commands are clients.
const { runCli } = await import('./cli/program.ts');
process.exitCode = await runCli(process.argv, {
  start: async () => {
    const { settingsFromEnvironment } = await import('./config/parse-settings.ts');
    const { systemClock } = await import('./lib/clock.ts');
    const { runServer } = await import('./server/run-server.ts');
    return runServer({ settings: settingsFromEnvironment(), clock: systemClock, version });
  },
});
