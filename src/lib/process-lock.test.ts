import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { lockFolder } from './process-lock.ts';

describe('the lock of a data folder', () => {
  it('keeps a second process out while the first lives, and goes with it when it is killed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'leat-lock-'));
    const script = `import { lockFolder } from ${JSON.stringify(path.join(import.meta.dirname, 'process-lock.ts'))}; globalThis.held = lockFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    try {
      expect(() => lockFolder(folder)).toThrow(/Another Leat process uses the data folder/);
      expect(() => lockFolder(folder, () => 4711)).toThrow(/Another Leat process \(pid 4711\) uses the data folder/);
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    lockFolder(folder)();
    rmSync(folder, { recursive: true });
  });
});
