// Writes the generated parts of the reference: docs/api/openapi.json, the pages made from it, and postman/.
//   node scripts/generate-reference.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateReference } from '../src/reference/generate-reference.ts';

const root = path.resolve(import.meta.dirname, '..');
for (const [file, text] of generateReference()) {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  console.log(`wrote ${file}`);
}
