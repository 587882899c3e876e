import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = mkdtempSync(path.join(tmpdir(), 'leat-cache-'));
const file = path.join(root, 'file');
writeFileSync(file, '');
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What threads are told after a start with `named` in NODE_COMPILE_CACHE and `own` as the installation's folder. */
function folderUsed(named: string, own: string): string {
  const module = JSON.stringify(path.join(import.meta.dirname, 'compile-cache.ts'));
  const script = `
    const { shareCompileCache } = await import(${module});
    shareCompileCache(${JSON.stringify(own)});
    process.stdout.write(process.env.NODE_COMPILE_CACHE);`;
  const env = { ...process.env, NODE_COMPILE_CACHE: named, TMPDIR: root };
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
}

describe('the folder of compiled code', () => {
  const [named, own] = [path.join(root, 'named'), path.join(root, 'own')];
  const impossible = path.join(file, 'compiled');

  it.each([
    ['the one named to Node', named, own, named],
    ['the installation’s where that cannot be made', impossible, own, own],
    ['among temporary files where neither can be made', impossible, impossible, path.join(root, 'node-compile-cache')],
  ])('is %s', (_, toNode, installation, expected) => {
    expect(folderUsed(toNode, installation)).toBe(expected);
  });
});
