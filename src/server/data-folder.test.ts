import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { adminTokenOf, openDataFolder, servingProcess } from './data-folder.ts';

describe('the data folder', () => {
  const base = mkdtempSync(path.join(tmpdir(), 'leat-folder-'));
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('is made for its owner only, with a token that stays the same', () => {
    const folder = openDataFolder(path.join(base, 'a', 'b'));
    expect(statSync(folder.root).mode & 0o777).toBe(0o700);
    const token = adminTokenOf(folder, null);
    expect(token).toMatch(/^leat_\w{32}$/);
    expect(adminTokenOf(openDataFolder(folder.root), null)).toBe(token);
    expect(statSync(folder.adminTokenFile).mode & 0o777).toBe(0o600);
    expect(adminTokenOf(folder, 'from the settings')).toBe('from the settings');
  });

  it('knows the process that serves it from what that one wrote', () => {
    const folder = openDataFolder(path.join(base, 'served'));
    expect(servingProcess(folder)).toBeNull();
    writeFileSync(folder.serverFile, '{"url":"http://lo');
    expect(servingProcess(folder)).toBeNull();
    writeFileSync(folder.serverFile, '{"url":"http://localhost:8080","pid":4711}');
    expect(servingProcess(folder)).toBe(4711);
  });

  it('is refused with the setting’s name where it cannot be made', () => {
    const file = `${base}-file`;
    writeFileSync(file, '');
    expect(() => openDataFolder(path.join(file, 'data'))).toThrow(/LEAT_DATA_DIR .* cannot be used/);
    rmSync(file);
    if (process.platform === 'linux')
      expect(() => openDataFolder('/proc/leat')).toThrow(/LEAT_DATA_DIR \/proc\/leat cannot be used/);
  });
});
