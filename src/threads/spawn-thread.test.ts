import { describe, expect, it } from 'vitest';
import { spawnThread } from './spawn-thread.ts';
import type { Thread } from './spawn-thread.ts';

interface Troubled {
  /** Lets an error go uncaught. */
  fail(): Promise<void>;
}

/** A thread whose closing does `close`. */
function troubled(close: string): Promise<Thread> {
  const runThread = new URL('run-thread.ts', import.meta.url).href;
  const code = `import { runThread } from ${JSON.stringify(runThread)};
    const fail = async () => { setImmediate(() => { throw new Error('It broke.'); }); };
    runThread(async () => ({ objects: { troubled: { fail } }, close: async () => { ${close} } }));`;
  return spawnThread('troubled', new URL(`data:text/javascript,${encodeURIComponent(code)}`), {});
}

describe('a thread', () => {
  it('ends without an error when it is stopped, however often that is asked for', async () => {
    const thread = await troubled('');
    await Promise.all([thread.stop(), thread.stop()]);
    expect(await thread.ended).toBeNull();
  });

  it('that is lost says why, and what stops it afterwards goes on', async () => {
    const thread = await troubled('');
    await thread.rpc.remote<Troubled>('troubled').fail();
    expect(await thread.ended).toMatchObject({ message: 'It broke.' });
    await thread.stop();
  });

  it('that cannot close is ended all the same, and says so', async () => {
    const thread = await troubled("throw new Error('The disk is gone.');");
    await expect(thread.stop()).rejects.toThrow('The disk is gone.');
    expect(await thread.ended).toBeNull();
  });
});
