// Takes files out of the operating system's page cache, so that the next question meets a cold disk.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Linux with GNU dd; elsewhere nothing happens and "cold" is only a fresh server. */
export function dropFromPageCache(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && /\.(db|idx)$/.test(entry.name))
      // dd(1): nothing is copied, the cached pages of the input are given back.
      spawnSync('dd', [`if=${path.join(entry.parentPath, entry.name)}`, 'iflag=nocache', 'count=0'], {
        stdio: 'ignore',
      });
}
