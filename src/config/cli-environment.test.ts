import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCliEnvironment } from './cli-environment.ts';

describe('the environment of the command line', () => {
  it('is empty by default', () => {
    const dataDir = path.resolve('data');
    expect(parseCliEnvironment({})).toEqual({
      url: null,
      port: null,
      token: null,
      writeKey: null,
      dataDir,
      color: null,
    });
  });

  it('takes empty values as unset', () => {
    expect(parseCliEnvironment({ LEAT_URL: '', NO_COLOR: '' })).toMatchObject({ url: null, color: null });
  });

  it('lets NO_COLOR win over FORCE_COLOR', () => {
    expect(parseCliEnvironment({ NO_COLOR: '1', FORCE_COLOR: '1' }).color).toBe(false);
    expect(parseCliEnvironment({ FORCE_COLOR: '1' }).color).toBe(true);
    expect(parseCliEnvironment({ FORCE_COLOR: '0' }).color).toBe(false);
    expect(parseCliEnvironment({ TERM: 'dumb' }).color).toBe(false);
  });
});
