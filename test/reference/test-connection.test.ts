// What the connection test of a source says, over the control API and on the command line: that calls arrive and from
// which library, and if not, why not.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { PipelinesClient } from 'customerio-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedSource } from '../support/control-client.ts';
import { adminToken, repositoryRoot, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

interface Diagnosis {
  readonly ok: boolean;
  readonly state: 'receiving' | 'rejecting' | 'silent';
  readonly message: string;
  readonly library: string | null;
  readonly lastMessageId: string | null;
  readonly lastRejection: { readonly reason: string; readonly field: string | null } | null;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly remedy: string }[];
}

describe('the connection test of a source', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ settings: { LEAT_REGION_HOSTS: 'eu=cdp-eu.example.com' } });
  });
  afterAll(() => server?.dispose());

  const client = (key: string): PipelinesClient => new PipelinesClient(key, { url: `${server.url}/v1` });
  const ask = (source: CreatedSource): Promise<Diagnosis> => server.control.get(`sources/${source.id}/test`);
  /** What was seen of a source is handed on every second. */
  const diagnosis = (source: CreatedSource, state: Diagnosis['state']): Promise<Diagnosis> =>
    waitFor(`the source to be ${state}`, async () => {
      const found = await ask(source);
      return found.state === state && found;
    });
  const onCommandLine = async (source: CreatedSource): Promise<{ readonly code: number; readonly output: string }> => {
    const main = path.join(repositoryRoot, 'src', 'main.ts');
    const environment = { PATH: process.env['PATH'], LEAT_URL: server.url, LEAT_ADMIN_TOKEN: adminToken };
    const run = promisify(execFile)(process.execPath, [main, 'source', 'test', source.id], { env: environment });
    return run.then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
        code: error.code,
        output: error.stdout + error.stderr,
      }),
    );
  };

  // In this order: what nobody's key did is a hint for every silent source.
  it('says that nothing was seen', async () => {
    const source = await server.control.createSource({ name: 'silent' });
    const found = await ask(source);
    expect(found).toMatchObject({ ok: false, state: 'silent', library: null, lastRejection: null });
    expect(found.problems.map(({ code }) => code)).toEqual(['nothing_seen']);
    const shown = await onCommandLine(source);
    expect(shown.code).not.toBe(0);
    expect(shown.output).toContain(found.problems[0]!.message);
  });

  it('says that calls arrive, and from which library', async () => {
    const source = await server.control.createSource({ name: 'receiving', kind: 'node' });
    await client(source.key).track({ userId: 'u1', event: 'Hello', messageId: 'connection-1' });
    const found = await diagnosis(source, 'receiving');
    expect(found).toMatchObject({ ok: true, lastMessageId: 'connection-1', problems: [] });
    expect(found.library).toContain('customerio-node');
    const shown = await onCommandLine(source);
    expect(shown.code).toBe(0);
    expect(shown.output).toContain('customerio-node');
  });

  it('says that the last call was rejected, and for what', async () => {
    const source = await server.control.createSource({ name: 'rejecting', kind: 'node' });
    await client(source.key).track({ userId: 'u1', event: 'Device Deleted' });
    const found = await diagnosis(source, 'rejecting');
    expect(found.ok).toBe(false);
    expect(found.lastRejection).toMatchObject({ reason: 'missing_field', field: 'context.device.token' });
    expect(found.problems.map(({ code }) => code)).toContain('last_call_rejected');
    expect((await onCommandLine(source)).output).toContain('context.device.token');
  });

  it('says that the source is disabled', async () => {
    const source = await server.control.createSource({ name: 'disabled' });
    await server.control.send('PATCH', `sources/${source.id}`, { enabled: false });
    await client(source.key).track({ userId: 'u1', event: 'Hello' });
    const found = await diagnosis(source, 'rejecting');
    expect(found.problems.map(({ code }) => code)).toContain('source_disabled');
    expect(found.lastRejection).toMatchObject({ reason: 'source_disabled' });
  });

  it('says that its only key was revoked, and that calls still come with it', async () => {
    const source = await server.control.createSource({ name: 'revoked' });
    const [key] = await server.control.all<{ readonly id: string }>(`sources/${source.id}/keys`);
    await server.control.send('DELETE', `sources/${source.id}/keys/${key!.id}`);
    await client(source.key).track({ userId: 'u1', event: 'Hello' });
    const found = await diagnosis(source, 'rejecting');
    expect(found.problems.map(({ code }) => code)).toContain('no_key');
    expect(found.lastRejection).toMatchObject({ reason: 'key_revoked' });
  });

  it('says that a key of the other region was seen, and where it belongs', async () => {
    const source = await server.control.createSource({ name: 'other region' });
    await client('eu_a_key_of_the_other_region').track({ userId: 'u1', event: 'Hello' });
    const { problems } = await ask(source);
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'key_of_other_region',
        remedy: expect.stringContaining('cdp-eu.example.com') as unknown,
      }),
    );
  });

  it('says that a key was seen that nobody has', async () => {
    const source = await server.control.createSource({ name: 'mistyped' });
    await client('us_mistyped_key_000001').track({ userId: 'u1', event: 'Hello' });
    const { problems } = await ask(source);
    const seen = problems.find(({ code }) => code === 'unknown_key_seen');
    expect(seen?.message).toContain('us_mis');
    expect((await onCommandLine(source)).output).toContain('us_mis');
  });
});
