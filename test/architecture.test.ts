// The layers and the few places where outside things are touched. This table is the documentation: ARCHITECTURE.md points here.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const src = path.resolve(import.meta.dirname, '../src');

/** Layer of each folder or file of src; a file may import its own folder and lower layers, and nothing beside it. */
const layers: Readonly<Record<string, number>> = {
  'main.ts': 6,
  server: 6,
  threads: 6,
  cli: 6,
  ingest: 5,
  admin: 5,
  console: 5,
  reference: 5,
  demo: 5,
  delivery: 4,
  workspace: 4,
  routing: 3,
  destinations: 3,
  log: 2,
  control: 2,
  event: 1,
  config: 1,
  telemetry: 1,
  errors: 0,
  lib: 0,
};

/** Folders on the same layer that may see each other: the composition, and the two of the ground floor. */
const beside: readonly (readonly [string, string])[] = [
  ['main.ts', 'server'],
  ['main.ts', 'cli'],
  ['server', 'threads'],
  ['lib', 'errors'],
];

/** Third-party and driver modules and the only places that import them. */
const homes: Readonly<Record<string, readonly RegExp[]>> = {
  'node:sqlite': [/^lib\/sqlite\.ts$/, /^\w+\/sqlite\//],
  pg: [/^\w+\/postgres\//, /^destinations\/postgres/],
  '@platformatic/kafka': [/^log\/kafka\//, /^destinations\/kafka/],
  'hyparquet-writer': [/^destinations\/object-files\//],
  aws4fetch: [/^destinations\/object-files\//],
  undici: [/^destinations\/http-client\.ts$/],
  fastify: [/^admin\//],
  pino: [/^telemetry\//],
  'prom-client': [/^telemetry\//],
  commander: [/^cli\//],
  marked: [/^reference\//],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const full = path.join(folder, name);
    if (statSync(full).isDirectory()) return sources(full);
    return name.endsWith('.ts') && !/\.(test|contract)\.ts$/.test(name) ? [path.relative(src, full)] : [];
  });
}

const files = sources(src);
const texts = new Map(files.map((file) => [file, readFileSync(path.join(src, file), 'utf8')]));
const imports: Import[] = files.flatMap((file) => {
  const found = [...(texts.get(file) ?? '').matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)];
  return found.map((match) => {
    const target = match[1] ?? '';
    return { file, target: target.startsWith('.') ? path.normalize(path.join(path.dirname(file), target)) : target };
  });
});
const local = imports.filter(({ target }) => files.includes(target));

const room = (file: string): string => file.split('/')[0] ?? '';
const mayBeBeside = (a: string, b: string): boolean =>
  beside.some(([x, y]) => (a === x && b === y) || (a === y && b === x));

describe('the architecture', () => {
  it('has a layer for every folder and sees all its files', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(local.length).toBeGreaterThan(20);
    expect([...new Set(files.map(room))].filter((name) => layers[name] === undefined)).toEqual([]);
  });

  it('points its imports downwards only', () => {
    const upward = local.filter(({ file, target }) => {
      const [from, to] = [room(file), room(target)];
      if (from === to || mayBeBeside(from, to)) return false;
      return (layers[from] ?? 0) <= (layers[to] ?? 0);
    });
    expect(upward.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('names concrete engines in the composition root only', () => {
    const engine = /^(log|control|workspace|delivery)\/(sqlite|kafka|postgres)\//;
    const leaks = local.filter(
      ({ file, target }) =>
        engine.test(target) && path.dirname(file) !== path.dirname(target) && layers[room(file)] !== 6,
    );
    expect(leaks.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('has no import cycles', () => {
    const graph = new Map<string, string[]>();
    for (const { file, target } of local) graph.set(file, [...(graph.get(file) ?? []), target]);
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps each driver in its home', () => {
    const strays = imports.filter(
      ({ file, target }) => homes[target] && !homes[target].some((home) => home.test(file)),
    );
    expect(strays.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('reads the environment in config, clocks and randomness in lib, and has no barrels', () => {
    const offences = files.flatMap((file) => {
      const text = texts.get(file) ?? '';
      const found: string[] = [];
      if (/process\.env/.test(text) && room(file) !== 'config') found.push('process.env');
      if (
        /\b(Date\.now\(|performance\.now\(|new Date\(\)|Math\.random\(|randomUUID|randomBytes)/.test(text) &&
        room(file) !== 'lib'
      )
        found.push('clock or randomness');
      if (/(^|\/)(index|utils?|common|helpers?|types|interfaces)\.ts$/.test(file))
        found.push('a name that says nothing');
      return found.map((what) => `${file}: ${what}`);
    });
    expect(offences).toEqual([]);
  });
});
