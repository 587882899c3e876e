import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCliEnvironment } from '../config/cli-environment.ts';
import { runCli } from './program.ts';
import { adminToken, repositoryRoot, startServer } from '../../test/support/server.ts';
import type { TestServer } from '../../test/support/server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { deadPort, openWebhookReceiver } from '../../test/support/webhook-receiver.ts';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The first line of stdout, parsed. */
  readonly json: any;
}

const main = path.join(repositoryRoot, 'src', 'main.ts');

describe('the command line', () => {
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(path.join(tmpdir(), 'leat-cli-'));
  });
  afterAll(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true });
  });

  const environment = (more: Record<string, string> = {}): Record<string, string> => ({
    PATH: process.env['PATH'] ?? '',
    LEAT_URL: server.url,
    LEAT_ADMIN_TOKEN: adminToken,
    LEAT_DATA_DIR: folder,
    ...more,
  });
  const toRun = (args: readonly string[], code: number, out: string, err: string): Run => {
    const json: unknown = args.includes('--json') && out !== '' ? JSON.parse(out.split('\n')[0] ?? '') : undefined;
    return { code, out, err, json };
  };
  /** Runs a command in this process. */
  const leat = async (args: readonly string[], more: Record<string, string> = {}): Promise<Run> => {
    const printed = { out: '', err: '' };
    const code = await runCli(['node', 'leat', ...args], {
      start: () => Promise.reject(new Error('not here')),
      environment: parseCliEnvironment(environment(more)),
      streams: {
        stdout: { write: (text: string | Uint8Array) => ((printed.out += String(text)), true) },
        stderr: { write: (text: string | Uint8Array) => ((printed.err += String(text)), true) },
      },
    });
    return toRun(args, code, printed.out, printed.err);
  };
  /** Runs a command in a process of its own, as people do. */
  const spawned = (args: readonly string[], more: Record<string, string> = {}, input = ''): Promise<Run> =>
    new Promise((resolve) => {
      const child = execFile(process.execPath, [main, ...args], { env: environment(more) }, (error, out, err) =>
        resolve(toRun(args, error ? Number(error.code ?? 1) : 0, out, err)),
      );
      child.stdin?.end(input);
    });

  it('adds a source and shows a call that works as it stands', async () => {
    const added = await spawned(['source', 'add', 'Shop', '--kind', 'node']);
    expect(added).toMatchObject({ code: 0, err: '' });
    const [, key, url] = /curl -u '([^:]+):'.*? (http\S+) /.exec(added.out)!;
    const answer = await fetch(url!, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${key}:`)}` },
      body: '{"userId":"u1","event":"Hello"}',
    });
    expect(answer.status).toBe(200);
    const listed = await leat(['source', 'list']);
    expect(listed.out).toMatch(/Shop +node +on +us_/);
    expect(listed.out).not.toContain('\u001B[');
  });

  it('manages keys', async () => {
    const { json: source } = await leat(['source', 'add', 'Keys', '--json']);
    const { json: brought } = await leat(['source', 'keys', 'keys', '--bring', 'brought-along-key-1', '--json']);
    expect(brought).toMatchObject({ key: 'brought-along-key-1', class: 'public' });
    const { json: rotated } = await leat(['source', 'keys', source.id, '--rotate', brought.id, '--json']);
    expect(rotated.key).toMatch(/^us_/);
    await leat(['source', 'keys', source.id, '--revoke', brought.id]);
    const listed = await leat(['source', 'keys', source.id]);
    expect(listed.out).toMatch(/brought-along-key-1 +public +– +revoked/);
    expect(await leat(['source', 'keys', source.id, '--add', '--revoke', 'x'])).toMatchObject({ code: 2 });
  });

  it('tests a source: 4 while nothing arrived, 0 once it does', async () => {
    const { json: source } = await leat(['source', 'add', 'Tested', '--json']);
    const silent = await leat(['source', 'test', 'Tested']);
    expect(silent).toMatchObject({ code: 4 });
    expect(silent.out).toContain('Nothing has been taken');
    const sent = await leat(['send', 'track', '--user', 'u1', '--event', 'Hello', '--source', 'Tested', '--json']);
    expect(sent).toMatchObject({ code: 0, json: { ok: true } });
    await waitFor('the call to be seen', async () => {
      const { code, json } = await leat(['source', 'test', source.id, '--json']);
      return code === 0 && json.state === 'receiving';
    });
  });

  it('adds, lists and tests a destination', async () => {
    const receiver = await openWebhookReceiver();
    const args = [
      'destination',
      'add',
      'webhook',
      '--name',
      'Hook',
      '--set',
      `url=${receiver.url}`,
      'headers.X-Team=growth',
    ];
    const { json: added } = await leat([...args, 'sharedSecret=12345', '--json']);
    expect(added.settings).toMatchObject({ url: receiver.url, sharedSecret: '••••••••' });
    expect((await leat(['destination', 'list'])).out).toMatch(/Hook +webhook +on/);
    expect(await leat(['destination', 'test', 'Hook'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('✓') as string,
    });
    expect(receiver.requests[0]?.headers).toMatchObject({ 'x-team': 'growth' });
    await receiver.close();
    const failed = await leat(['destination', 'test', 'Hook', '--json']);
    expect(failed).toMatchObject({ code: 4, json: { ok: false } });
    const wrong = await leat(['destination', 'add', 'webhook', '--set', 'url=nonsense']);
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.err).toContain('settings.url');
    await server.control.send('DELETE', `destinations/${added.id}`);
  });

  it('sends a call, shows the person and explains the event', async () => {
    const sent = await leat(['send', 'identify', '--user', 'ann', '--traits', '{"plan":"pro"}', '--json']);
    const { messageId } = sent.json;
    const person = await waitFor('the person', async () => {
      const run = await leat(['person', 'ann']);
      return run.code === 0 ? run : null;
    });
    expect(person.out).toMatch(/plan +"pro"/);
    const explained = await leat(['explain', messageId]);
    expect(explained).toMatchObject({ code: 0 });
    expect(explained.out).toContain('✓ workspace: delivered');
    expect(await leat(['person', 'nobody'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no person') as string,
    });
    expect(await leat(['explain', 'no-such-id'])).toMatchObject({ code: 1 });
  });

  it('refuses a bad call with the reason, or lets the server record it', async () => {
    const refused = await leat(['send', 'track', '--user', 'u1']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('event') as string });
    const permissive = await leat(['send', 'track', '--user', 'u1', '--permissive', '--message-id', 'bad-one']);
    expect(permissive.code).toBe(0);
    const explained = await leat(['explain', 'bad-one']);
    expect(explained).toMatchObject({ code: 4, out: expect.stringContaining('missing_field') as string });
  });

  const lines = (from: number, to: number, prefix: string): string =>
    Array.from({ length: to - from }, (_, n) => `{"type":"track","userId":"${prefix}","event":"N${from + n}"}\n`).join(
      '',
    );

  it('sends a file in batches; sending it again stores nothing twice', async () => {
    const file = path.join(folder, 'history.ndjson');
    writeFileSync(file, lines(0, 250, 'backfill'));
    for (let round = 0; round < 2; round++) {
      const { code, json } = await leat(['send', '--file', file, '--batch', '100', '--json']);
      expect({ code, json }).toMatchObject({ code: 0, json: { events: 250, batches: 3, complete: true } });
    }
    await waitFor('the backfill to be applied', async () => (await server.control.status()).workspace.lag === 0);
    expect(await server.control.timeline('backfill')).toHaveLength(250);
  });

  it('stops at a bad line, names it, and goes on from there', async () => {
    const file = path.join(folder, 'bad.ndjson');
    writeFileSync(
      file,
      `${lines(0, 100, 'resumed')}{"type":"track","userId":"resumed"}\n${lines(100, 150, 'resumed')}`,
    );
    const stopped = await leat(['send', '--file', file, '--batch', '50']);
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain('line 101');
    expect(stopped.out).toContain(`leat send --file ${file} --from-line 101`);
    const { code, json } = await leat(['send', '--file', file, '--from-line', '101', '--permissive', '--json']);
    expect({ code, json }).toMatchObject({ code: 0, json: { complete: true } });
    await waitFor('the rest to be applied', async () => (await server.control.timeline('resumed')).length === 150);
  });

  it('reads standard input and keeps to a rate', async () => {
    const began = performance.now();
    const run = await spawned(
      ['send', '--file', '-', '--batch', '10', '--rate', '50', '--json'],
      {},
      lines(0, 40, 'stdin'),
    );
    expect(run).toMatchObject({ code: 0, json: { events: 40 } });
    expect(performance.now() - began).toBeGreaterThan(600);
  });

  it('stops a backfill at Ctrl-C and says how to go on', async () => {
    const file = path.join(folder, 'long.ndjson');
    writeFileSync(file, lines(0, 1000, 'stopped'));
    const args = ['send', '--file', file, '--batch', '5', '--rate', '50', '--json'];
    const child = spawn(process.execPath, [main, ...args], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    await waitFor('the first events', async () => (await server.control.timeline('stopped')).length > 0);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    const { events, nextLine, complete } = JSON.parse(out) as { events: number; nextLine: number; complete: boolean };
    expect({ complete, nextLine }).toEqual({ complete: false, nextLine: events + 1 });
    await waitFor(
      'what was sent to be applied',
      async () => (await server.control.timeline('stopped')).length === events,
    );
  });

  it('tails events as they come', async () => {
    const tail = leat(['tail', '--json', '--count', '2', '--user', 'tailed']);
    const finished = new AbortController();
    const send = (async () => {
      while (!finished.signal.aborted) await leat(['send', 'track', '--user', 'tailed', '--event', 'Seen']);
    })();
    const { code, out } = await tail;
    finished.abort();
    await send;
    expect(code).toBe(0);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: { event: string } });
    expect(events.map(({ event }) => event.event)).toEqual(['Seen', 'Seen']);
    const last = await leat(['tail', '--last', '1', '--count', '1', '--user', 'tailed']);
    expect(last.out).toContain('Seen');
  });

  it('ends a tail at Ctrl-C without a fuss', async () => {
    const child = spawn(process.execPath, [main, 'tail'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await waitFor('the tail to wait', async () => printed.includes('Ctrl-C'));
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('shows the status in one screen', async () => {
    const shown = await leat(['status']);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain('balanced');
    const { json } = await spawned(['status', '--json']);
    expect(json).toMatchObject({ workspace: { lag: expect.any(Number) as number }, ledger: { balanced: true } });
  });

  it('is coloured only where it should be', async () => {
    expect((await leat(['status'], { FORCE_COLOR: '1' })).out).toContain('\u001B[');
    expect((await leat(['status'], { FORCE_COLOR: '1', NO_COLOR: '1' })).out).not.toContain('\u001B[');
    expect((await leat(['status', '--no-color'], { FORCE_COLOR: '1' })).out).not.toContain('\u001B[');
  });

  it('examines a set-up and finds a dead destination', async () => {
    const url = `http://127.0.0.1:${await deadPort()}/`;
    const { json: added } = await leat([
      'destination',
      'add',
      'webhook',
      '--name',
      'Dead',
      '--set',
      `url=${url}`,
      '--json',
    ]);
    await leat(['source', 'add', 'Web', '--kind', 'javascript']);
    await leat(['send', 'track', '--user', 'u1', '--event', 'Hello']);
    const found = await waitFor('the breaker to open', async () => {
      const run = await leat(['doctor', '--json']);
      return run.json.findings.some(({ state }: { state: string }) => state === 'fail') ? run : null;
    });
    expect(found.code).toBe(4);
    const checks = (state: string): string[] =>
      found.json.findings
        .filter((one: { state: string }) => one.state === state)
        .map(({ check }: { check: string }) => check);
    expect(checks('fail')).toEqual(['destinations']);
    expect(checks('ok')).toEqual(
      expect.arrayContaining(['reachable', 'ready', 'token', 'workspace', 'ledger', 'settings']),
    );
    expect(found.json.ok).toBe(false);
    await server.control.send('DELETE', `destinations/${added.id}`);
    expect(await leat(['doctor'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing is broken') as string,
    });
  });

  it('says what is wrong with the way to the server', async () => {
    const away = await spawned(['status'], { LEAT_URL: `http://127.0.0.1:${await deadPort()}` });
    expect(away).toMatchObject({ code: 3, out: '', err: expect.stringContaining('No Leat server answers') as string });
    const wrong = await leat(['status'], { LEAT_ADMIN_TOKEN: 'a-wrong-token-0123456' });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('LEAT_ADMIN_TOKEN') as string });
    expect(wrong.err).not.toContain('a-wrong-token');
    const json = await leat(['status', '--json'], { LEAT_URL: 'nonsense' });
    expect(json).toMatchObject({
      code: 2,
      json: { error: { message: expect.stringContaining('nonsense') as string } },
    });
    expect(await leat(['no-such-command'])).toMatchObject({ code: 2 });
    expect(await leat(['--help'])).toMatchObject({ code: 0 });
  });

  it('finds the server that runs on the data folder', async () => {
    const env = { LEAT_URL: '', LEAT_DATA_DIR: server.dataDir };
    expect(await leat(['status'], env)).toMatchObject({ code: 0 });
  });
});
