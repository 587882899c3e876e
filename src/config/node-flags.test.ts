import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledFolder } from './compile-cache.ts';
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
        expect(text).toMatch(new RegExp(`export [A-Z_ ]*\\b${name}\\b`));
      }
  });

  it('name the folder of compiled code, so that the files before shareCompileCache are found there too', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    for (const [text, folder] of [
      [scripts.start, '$PWD'],
      [read('leat'), '$root'],
    ] as const) {
      expect(path.resolve(root, '.cache/compiled')).toBe(compiledFolder);
      expect(text).toContain(`NODE_COMPILE_CACHE=\${NODE_COMPILE_CACHE:-${folder}/.cache/compiled}`);
      expect(text).toMatch(/export [A-Z_ ]*\bNODE_COMPILE_CACHE\b/);
    }
  });
});
