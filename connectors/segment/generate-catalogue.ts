// Writes catalogue.json from the installed package: `node connectors/segment/generate-catalogue.ts`. Run it after every
// change of the package's version or of allow-list.json, and read the diff: a field that is newly required breaks stored
// mappings.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Catalogue } from './catalogue.ts';
import { describeKind } from './describe-kind.ts';
import type { Definition } from './describe-kind.ts';

interface AllowList {
  readonly allowed: readonly string[];
  readonly leftOut: Readonly<Record<string, readonly string[]>>;
}

const here = import.meta.dirname;
const require = createRequire(path.join(here, 'package.json'));
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export function generateCatalogue(): Catalogue {
  const { manifest } = require('@segment/action-destinations') as {
    manifest: Readonly<Record<string, { readonly directory: string; readonly definition: Definition }>>;
  };
  const { version } = require('@segment/action-destinations/package.json') as { readonly version: string };
  const definitions = new Map(Object.values(manifest).map(({ directory, definition }) => [directory, definition]));
  const { allowed, leftOut } = readJson(path.join(here, 'allow-list.json')) as AllowList;
  const judged = new Set([...allowed, ...Object.values(leftOut).flat()]);
  const unjudged = [...definitions.keys()].filter((directory) => !judged.has(directory));
  if (unjudged.length > 0) throw new Error(`allow-list.json says nothing of ${unjudged.join(', ')}.`);
  const kinds = allowed.map((directory) => {
    const definition = definitions.get(directory);
    if (!definition) throw new Error(`allow-list.json has ${directory}, which the package has not.`);
    return describeKind(directory, definition);
  });
  return { version, kinds };
}

if (import.meta.main) {
  const { version, kinds } = generateCatalogue();
  // One destination a line: short enough to load fast, and a diff still says which one changed.
  const lines = kinds.map((kind) => JSON.stringify(kind));
  const text = `{"version":${JSON.stringify(version)},"kinds":[\n${lines.join(',\n')}\n]}\n`;
  writeFileSync(path.join(here, 'catalogue.json'), text);
  process.stdout.write(`catalogue.json: ${kinds.length} destinations, ${text.length} characters\n`);
}
