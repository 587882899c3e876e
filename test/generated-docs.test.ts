import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { generatedDocs } from '../scripts/generated-docs.ts';

describe('generated documents', () => {
  it.each(Object.entries(generatedDocs()))('%s is what the code says (else: npm run generate)', async (file, text) => {
    const full = path.resolve(import.meta.dirname, '..', file);
    expect(readFileSync(full, 'utf8')).toBe(await format(text, { ...(await resolveConfig(full)), filepath: full }));
  });
});
