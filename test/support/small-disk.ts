// A data folder on a disk that can be filled to the last byte: a tmpfs of its own. Mounting needs root.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'vitest';

export interface SmallDisk {
  readonly path: string;
  /** Takes all the space that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  /** Unmounts it; everything on it is gone. */
  dispose(): void;
}

/** Mounts a disk of `mebibytes`. */
export function mountSmallDisk(mebibytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  const filler = path.join(folder, 'filler');
  return {
    path: folder,
    fill: () => fillUp(filler),
    free: () => rmSync(filler, { force: true }),
    dispose: () => {
      execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
      rmdirSync(folder);
    },
  };
}

function fillUp(file: string): void {
  const descriptor = openSync(file, 'a');
  try {
    for (let size = 1 << 20; size >= 1; size = size >> 4) {
      const block = Buffer.alloc(size);
      try {
        while (writeSync(descriptor, block) === size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

function mountFault(): string | null {
  try {
    mountSmallDisk(1).dispose();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n').at(-1) ?? error.message) : String(error);
  }
}

/** A `describe` for suites that need a small disk; where none can be mounted they skip and say so, in CI they fail. */
export function describeOnSmallDisk(name: string, body: () => void): void {
  const fault = mountFault();
  if (fault === null) describe(name, body);
  else if (process.env['CI']) {
    describe(name, () => {
      it('can mount a small disk', () => {
        throw new Error(`A tmpfs cannot be mounted here, and in CI this suite may not be skipped: ${fault}`);
      });
    });
  } else describe.skip(`${name} (skipped: no tmpfs can be mounted: ${fault})`, body);
}
