import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCliEnvironment } from '../config/cli-environment.ts';
import { findAccess } from './access.ts';
import type { Access } from './access.ts';

describe('which server, by which token', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'leat-access-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const find = (environment: Record<string, string> = {}, url?: string): Promise<Access> =>
    findAccess(parseCliEnvironment({ LEAT_DATA_DIR: folder, ...environment }), url);
  const put = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);

  it('is localhost:8080 and the token of the data folder by default', async () => {
    put('admin-token', 'leat_from_the_folder\n');
    expect(await find()).toMatchObject({ url: 'http://localhost:8080', token: 'leat_from_the_folder' });
  });

  it('is at LEAT_PORT when nothing says more', async () => {
    expect((await find({ LEAT_PORT: '9000' })).url).toBe('http://localhost:9000');
    for (const port of ['tcp://10.0.0.1:80', '0', 'x'])
      expect((await find({ LEAT_PORT: port })).url).toBe('http://localhost:8080');
    put('server.json', '{"url":"http://localhost:9123","pid":1}');
    expect((await find({ LEAT_PORT: '9000' })).url).toBe('http://localhost:9123');
  });

  it('is the server that runs on the data folder', async () => {
    put('server.json', '{"url":"http://localhost:9123","pid":1}');
    expect((await find()).url).toBe('http://localhost:9123');
    put('server.json', '{"url":"http://local');
    expect((await find()).url).toBe('http://localhost:8080');
  });

  it('lets --url win over LEAT_URL, and both over the folder', async () => {
    put('server.json', '{"url":"http://localhost:9123"}');
    expect((await find({ LEAT_URL: 'https://leat.test/' })).url).toBe('https://leat.test');
    expect((await find({ LEAT_URL: 'https://leat.test' }, 'http://other.test:1/x/')).url).toBe('http://other.test:1/x');
  });

  it('lets LEAT_ADMIN_TOKEN win over the folder', async () => {
    put('admin-token', 'leat_from_the_folder');
    expect((await find({ LEAT_ADMIN_TOKEN: 'given' })).token).toBe('given');
  });

  it('sends the token of the folder to no server elsewhere', async () => {
    put('admin-token', 'leat_from_the_folder');
    for (const url of ['https://leat.test', 'http://127.evil.test', 'http://localhost.evil.test'])
      expect((await find({}, url)).token).toBeNull();
    for (const url of ['http://127.0.0.1:1', 'http://[::1]:1', 'http://localhost:1'])
      expect((await find({}, url)).token).toBe('leat_from_the_folder');
  });

  it('refuses what is no address', async () => {
    for (const url of ['leat.test', 'ftp://leat.test', '::'])
      await expect(find({}, url)).rejects.toMatchObject({ exitCode: 2 });
  });
});
