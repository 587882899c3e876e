import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { ensureFirstSource } from './first-source.ts';
import type { FirstContent } from './first-source.ts';
import { openControlDatabase } from './sqlite/open-control-database.ts';
import type { ControlDatabase } from './sqlite/open-control-database.ts';

const content: FirstContent = {
  region: 'eu',
  writeKey: null,
  workspaceActions: [
    { id: 'person', kind: 'person', name: 'Person', enabled: true, trigger: 'type = "identify"', mapping: {} },
  ],
  now: 1_700_000_000_000,
};
const brought = 'my-own-key-0123456789';

describe('the first start', () => {
  let folder: string;
  let database: ControlDatabase;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'leat-first-'));
    database = openControlDatabase(path.join(folder, 'control.db'), { clock: systemClock });
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('makes the workspace and a source with a key of the region', async () => {
    const first = await ensureFirstSource(database.control, content);
    expect(first).toMatchObject({
      source: { name: 'My first source', kind: 'http', enabled: true },
      key: { region: 'eu', class: 'public', key: expect.stringMatching(/^eu_/) as string },
    });
    const { sources, keys, destinations } = await database.control.snapshot();
    expect(sources).toEqual([first.source]);
    expect(keys).toEqual([first.key]);
    expect(destinations).toMatchObject([
      { id: 'workspace', kind: 'workspace', actions: content.workspaceActions, startFrom: 'beginning' },
    ]);
  });

  it('changes nothing the second time, and shows the same key', async () => {
    const first = await ensureFirstSource(database.control, content);
    const before = await database.control.snapshot();
    expect(await ensureFirstSource(database.control, content)).toEqual(first);
    expect(await database.control.snapshot()).toEqual(before);
  });

  it('uses the given write key as it is', async () => {
    const { key } = await ensureFirstSource(database.control, { ...content, writeKey: brought });
    expect(key).toMatchObject({ key: brought, region: null, class: 'public' });
  });

  it('gives a write key set later to the oldest source', async () => {
    const first = await ensureFirstSource(database.control, content);
    const again = await ensureFirstSource(database.control, { ...content, writeKey: brought });
    expect(again).toMatchObject({ source: first.source, key: { key: brought } });
    expect((await database.control.snapshot()).keys).toHaveLength(2);
    await ensureFirstSource(database.control, { ...content, writeKey: brought });
    expect((await database.control.snapshot()).keys).toHaveLength(2);
  });

  it('leaves a revoked key revoked', async () => {
    const { source, key } = await ensureFirstSource(database.control, { ...content, writeKey: brought });
    await database.control.revokeKey(source.id, key!.id, 5, { name: 'tester' });
    expect(await ensureFirstSource(database.control, { ...content, writeKey: brought })).toMatchObject({ key: null });
  });

  it('refuses a write key that no client could send', async () => {
    const attempt = ensureFirstSource(database.control, { ...content, writeKey: 'with spaces in the key' });
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_request', field: 'key' });
  });
});
