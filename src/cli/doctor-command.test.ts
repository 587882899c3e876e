import { describe, expect, it } from 'vitest';
import { commandLineSuite } from '../../test/support/command-line.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import type { Finding } from './finding.ts';

describe('the doctor on calls that belong to no source', () => {
  const suite = commandLineSuite();
  const { leat } = suite;

  it('tells of each caller once, however many sources are silent, with a remedy that fits', async () => {
    await leat(['source', 'add', 'Web shop']);
    const body = '{"userId":"u1","event":"Hello"}';
    const keys = [null, 'nobody-knows-this-key', 'eu_0123456789abcdefghijkl'];
    for (const key of keys)
      await fetch(`${suite.server.url}/v1/track`, {
        method: 'POST',
        headers: key === null ? {} : { authorization: `Basic ${btoa(`${key}:`)}` },
        body,
      });
    const findings = await waitFor('the callers to be on record', async () => {
      const found: Finding[] = (await leat(['doctor', '--json'])).json.findings;
      return found.filter(({ check }) => check === 'unrecognised keys').length === keys.length ? found : null;
    });
    const about = (what: string): Finding[] => findings.filter(({ message }) => message.includes(what));
    const [[without, ...more], [unknown, ...others], [foreign, ...further]] = [
      about('without a key'),
      about('key nobo'),
      about('key eu_'),
    ];
    expect([more, others, further]).toEqual([[], [], []]);
    expect(without?.remedy).toMatch(/carries no key; .*leat source list/);
    expect(without?.remedy).not.toMatch(/bring/);
    expect(unknown?.remedy).toMatch(/No source has this key; .*leat source keys <source> --bring <key>/);
    expect(foreign?.remedy).toMatch(/region eu/);
    expect(foreign?.remedy).not.toMatch(/bring/);
    expect(findings.filter(({ check }) => check === 'sources')).toMatchObject([
      { state: 'note', message: 'No call has arrived yet for My first source and Web shop.' },
    ]);
  });

  it('says to a caller without a key, in the test of a source, to send one, not to bring one along', async () => {
    const { json } = await leat(['source', 'test', 'Web shop', '--json']);
    const problems: { message: string; remedy: string }[] = json.problems;
    const without = problems.find(({ message }) => message.includes('without any key'));
    expect(without?.remedy).toMatch(/user name of Basic credentials/);
    expect(without?.remedy).not.toMatch(/bring/);
  });
});
