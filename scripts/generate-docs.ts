// Writes the generated documents. Run through `npm run generate`; test/generated-docs.test.ts says when one is stale.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { generatedDocs } from './generated-docs.ts';
// Writes its own files, which are what the generator makes to the byte.
import './generate-reference.ts';

const root = path.resolve(import.meta.dirname, '..');
for (const [file, text] of Object.entries(generatedDocs())) {
  const full = path.join(root, file);
  writeFileSync(full, await format(text, { ...(await resolveConfig(full)), filepath: full }));
  console.log(`wrote ${file}`);
}
