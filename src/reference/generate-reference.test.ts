import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { generateReference } from './generate-reference.ts';

const root = path.resolve(import.meta.dirname, '../..');

it.each([...generateReference()])('%s is what the descriptions of the calls say', (file, text) => {
  expect(readFileSync(path.join(root, file), 'utf8'), `${file} is stale: npm run generate`).toBe(text);
});
