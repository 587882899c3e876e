import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, commandLineSuite, mainFile } from '../../test/support/command-line.ts';
import { startServer } from '../../test/support/server.ts';
import { waitFor } from '../../test/support/wait-for.ts';

describe('sending and watching from the command line', () => {
  const suite = commandLineSuite();
  const { leat, spawned } = suite;

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
    const file = path.join(suite.folder, 'history.ndjson');
    writeFileSync(file, lines(0, 250, 'backfill'));
    for (let round = 0; round < 2; round++) {
      const { code, json } = await leat(['send', '--file', file, '--batch', '100', '--json']);
      expect({ code, json }).toMatchObject({ code: 0, json: { events: 250, batches: 3, complete: true } });
    }
    await waitFor('the backfill to be applied', async () => (await suite.server.control.status()).workspace.lag === 0);
    expect(await suite.server.control.timeline('backfill')).toHaveLength(250);
  });

  it('stops at a bad line, names it, and goes on from there', async () => {
    const file = path.join(suite.folder, 'bad.ndjson');
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
    await waitFor(
      'the rest to be applied',
      async () => (await suite.server.control.timeline('resumed')).length === 150,
    );
  });

  it('stores what comes before the first bad call, whichever way that is bad, and names its line and reason', async () => {
    const good = lines(0, 1, 'first-bad');
    const cases = [
      [`${good}{"type":"track","userId":"first-bad"}\n{"type":\n`, /Line 2 was refused[^]*line 2: event/, 2],
      [`${good}\n{"type":\n{"type":"track","userId":"first-bad"}\n`, /Line 3 is not valid JSON/, 3],
      [`${good}${'x'.repeat(3_000_000)}\n`, /Line 2 is longer than 1048576 bytes/, 2],
    ] as const;
    for (const [text, reason, nextLine] of cases) {
      const file = path.join(suite.folder, 'first-bad.ndjson');
      writeFileSync(file, text);
      const json = await leat(['send', '--file', file, '--json']);
      expect(json).toMatchObject({
        code: 1,
        err: expect.stringMatching(reason) as string,
        json: { events: 1, leftOut: 0, complete: false, storageConfirmed: true, nextLine },
      });
      const told = await leat(['send', '--file', file]);
      expect(told.out).toMatch(new RegExp(`^Stopped at line ${nextLine} after 1 event in .*, all stored\\.\nContinue`));
      expect(told.out).toContain(`--from-line ${nextLine}`);
      const again = await leat(['send', '--file', file, '--from-line', String(nextLine)]);
      expect(again.out).toContain(`Stopped at line ${nextLine}; nothing was confirmed as stored.`);
    }
    await waitFor(
      'the good line to be applied',
      async () => (await suite.server.control.timeline('first-bad')).length === 1,
    );
  });

  it('does not call stored what was only answered 200, and says where refusals are seen', async () => {
    const file = path.join(suite.folder, 'permissive.ndjson');
    writeFileSync(file, `${lines(0, 1, 'permissive')}{"type":"track","userId":"permissive"}\nnonsense\n`);
    const args = ['send', '--file', file, '--permissive'];
    const told = await leat(args);
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/^Done after 2 events in .*, answered 200\.\n1 line was left out\.\n/);
    expect(told.out).not.toContain('stored.');
    expect(told.out).toContain(`${suite.server.url}/sources`);
    const unknown = await leat([...args, '--key', 'nobody-knows-this-key', '--json']);
    expect(unknown).toMatchObject({
      code: 0,
      json: { events: 2, leftOut: 1, complete: true, storageConfirmed: false },
    });
    writeFileSync(file, '');
    expect((await leat(args)).out).toBe('Done; nothing to send.\n');
    const one = await leat(['send', 'track', '--user', 'u1', '--permissive', '--json']);
    expect(one.json).toMatchObject({ ok: true, storageConfirmed: false });
  });

  it('says how a file is sent when it is given in place of a type', async () => {
    const run = await leat(['send', 'something.ndjson']);
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('--file something.ndjson') as string });
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
    const file = path.join(suite.folder, 'long.ndjson');
    writeFileSync(file, lines(0, 1000, 'stopped'));
    const args = ['send', '--file', file, '--batch', '5', '--rate', '50', '--json'];
    const child = spawn(process.execPath, [mainFile, ...args], {
      env: suite.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    await waitFor('the first events', async () => (await suite.server.control.timeline('stopped')).length > 0);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    const { events, nextLine, complete } = JSON.parse(out) as { events: number; nextLine: number; complete: boolean };
    expect({ complete, nextLine }).toEqual({ complete: false, nextLine: events + 1 });
    // A batch that was under way may be stored though its answer was not awaited: going on doubles nothing.
    const rest = await leat(['send', '--file', file, '--from-line', String(nextLine), '--json']);
    expect(rest.code).toBe(0);
    await waitFor(
      'all lines to be applied',
      async () => (await suite.server.control.timeline('stopped')).length >= 1000,
    );
    expect(await suite.server.control.timeline('stopped')).toHaveLength(1000);
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

  it('goes on with a tail when the server is back, and says once that it was away and once that it is back', async () => {
    const restarted = await startServer();
    const other = commandLine(restarted, suite.folder);
    const child = spawn(process.execPath, [mainFile, 'tail'], {
      env: other.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await waitFor('the tail to wait', async () => err.includes('Ctrl-C'));
    await restarted.stop();
    let tries = 0;
    const shut = createServer((socket) => {
      tries++;
      socket.destroy();
    });
    shut.listen(Number(new URL(restarted.url).port), new URL(restarted.url).hostname);
    await waitFor('some tries', async () => tries >= 3);
    await new Promise((resolve) => shut.close(resolve));
    await restarted.start();
    await waitFor('the connection to be back', async () => err.includes('is back'));
    await other.leat(['send', 'track', '--user', 'u', '--event', 'After the break']);
    await waitFor('the event', async () => out.includes('After the break'));
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(err.match(/was lost/g)).toHaveLength(1);
    expect(err.match(/is back/g)).toHaveLength(1);
    await restarted.dispose();
  });

  it('ends a tail at Ctrl-C without a fuss', async () => {
    const child = spawn(process.execPath, [mainFile, 'tail'], {
      env: suite.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await waitFor('the tail to wait', async () => printed.includes('Ctrl-C'));
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});
