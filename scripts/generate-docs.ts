// Writes the generated documents. Run through `npm run generate`; tests say when one is stale: test/generated-docs.test.ts
// and src/reference/generate-reference.test.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { generateReference } from '../src/reference/generate-reference.ts';
import { generatedDocs } from './generated-docs.ts';

const root = path.resolve(import.meta.dirname, '..');
for (const [file, text] of Object.entries(generatedDocs())) {
  const full = path.join(root, file);
  write(file, await format(text, { ...(await resolveConfig(full)), filepath: full }));
}
// Not formatted: these are what the generator makes to the byte.
for (const [file, text] of generateReference()) write(file, text);

function write(file: string, text: string): void {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  console.log(`wrote ${file}`);
}
