import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serverNodeFlags } from './node-flags.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('the flags of the serving process', () => {
  it('are given by npm start and by ./leat', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: { start: string };
    };
    expect(scripts.start).toBe(`node ${serverNodeFlags.join(' ')} src/main.ts start`);
    expect(readFileSync(path.join(root, 'leat'), 'utf8')).toContain(
      `/node" ${serverNodeFlags.join(' ')} "$root/src/main.ts"`,
    );
  });
});
