// The entry: runs the command line, of which `start` is the server itself.
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { settingsFromEnvironment } from './config/parse-settings.ts';
import { runCli } from './cli/program.ts';
import { systemClock } from './lib/clock.ts';

// Compiled code is kept between starts; a cold start of all threads would parse every file five times.
enableCompileCache();

const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;

process.exitCode = await runCli(process.argv, {
  start: async () => {
    const settings = settingsFromEnvironment();
    // Loaded here only: the other commands are clients and start faster without the server.
    const { runServer } = await import('./server/run-server.ts');
    return runServer({ settings, clock: systemClock, version });
  },
});
