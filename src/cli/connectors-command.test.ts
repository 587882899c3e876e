import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectorsCommand, installPack } from './connectors-command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leat-pack-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const writeJson = (name: string, value: unknown): void => writeFileSync(path.join(folder, name), JSON.stringify(value));
const manifest = { name: 'pack', version: '1.0.0', dependencies: {} };

describe('leat connectors', () => {
  it('says whether the pack is installed, and what it offers', async () => {
    let printed = '';
    const stream = { write: (text: string) => (printed += text) !== '' };
    const command = connectorsCommand({ stdout: stream, stderr: stream }, false).exitOverride();
    await command.parseAsync(['status'], { from: 'user' });
    expect(printed).toMatch(/installed.*15\d .*destinations/is);
  });

  it('installs what the lockfile says', async () => {
    writeJson('package.json', manifest);
    writeJson('package-lock.json', { ...manifest, lockfileVersion: 3, requires: true, packages: { '': manifest } });
    await installPack(folder);
    expect(existsSync(path.join(folder, 'package-lock.json'))).toBe(true);
  });

  it('passes on what npm says when it cannot', async () => {
    writeJson('package.json', manifest);
    await expect(installPack(folder)).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringContaining('npm could not install the pack'),
      hint: expect.stringContaining('npm --prefix connectors/segment ci'),
    });
  });
});
