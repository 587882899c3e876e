// CHANGELOG.md tells every change of the ingestion API: the newest entry under "Ingestion API" carries the fingerprint of
// docs/api/openapi.json, so the document cannot change without an entry.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/server.ts';

const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), 'utf8');

/** Entries of the API, newest first: `- VERSION (openapi FINGERPRINT): what changed`. */
const entryPattern = /^- (\d+\.\d+\.\d+) \(openapi ([0-9a-f]{12})\): (.+)$/gm;
const entries = [...read('CHANGELOG.md').matchAll(entryPattern)].map(([, version, fingerprint, text]) => ({
  version,
  fingerprint,
  text,
}));

describe('CHANGELOG.md', () => {
  it('says what changed in the ingestion API last', () => {
    const document = read('docs/api/openapi.json');
    const { info } = JSON.parse(document) as { readonly info: { readonly version: string } };
    const fingerprint = createHash('sha256').update(document).digest('hex').slice(0, 12);
    expect(
      entries[0],
      `docs/api/openapi.json changed. Begin a new entry under "Ingestion API" of CHANGELOG.md: - ${info.version} (openapi ${fingerprint}): what changed for those who call the API`,
    ).toMatchObject({ version: info.version, fingerprint });
  });

  it('has one entry for each state of the API', () => {
    const fingerprints = entries.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    expect(entries.filter(({ text }) => (text ?? '').split(' ').length < 4)).toEqual([]);
  });
});
