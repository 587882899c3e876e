// A wall clock for a server that a test can set while the server runs.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './server.ts';

export interface SettableClock {
  /** To start the server with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sets the clock so many milliseconds off the real one; the server follows within a blink. */
  shift(shiftMs: number): void;
  dispose(): void;
}

export function settableClock(shiftMs: number): SettableClock {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-clock-'));
  const file = path.join(folder, 'shift');
  const shift = (ms: number): void => {
    // Renamed into place, so that a reader never sees half a number.
    writeFileSync(`${file}.new`, String(ms));
    renameSync(`${file}.new`, file);
  };
  shift(shiftMs);
  const hook = pathToFileURL(path.join(repositoryRoot, 'test/support/jumping-clock.process.ts'));
  hook.searchParams.set('file', file);
  return {
    environment: { NODE_OPTIONS: `--import=${hook.href}` },
    shift,
    dispose: () => rmSync(folder, { recursive: true }),
  };
}
