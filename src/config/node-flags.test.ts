import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serverNodeEnvironment, serverNodeFlags } from './node-flags.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

describe('the flags and the environment of the serving process', () => {
  it('are given by npm start and by ./leat, unless the environment has its own', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    const launcher = read('leat');
    expect(scripts.start).toContain(`exec node ${serverNodeFlags.join(' ')} src/main.ts start`);
    expect(launcher).toContain(`/node" ${serverNodeFlags.join(' ')} "$root/src/main.ts"`);
    for (const [name, value] of Object.entries(serverNodeEnvironment))
      for (const text of [scripts.start, launcher]) {
        expect(text).toContain(`${name}=\${${name}:-${value}}`);
        expect(text).toContain(`export ${name}`);
      }
  });
});
