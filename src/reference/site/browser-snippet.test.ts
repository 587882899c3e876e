import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { browserSnippet } from './browser-snippet.ts';

it('is the snippet that the client page shows', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/clients/javascript.md'), 'utf8');
  expect(page).toContain(`\`\`\`html\n${browserSnippet('http://localhost:8080', 'YOUR_KEY')}\n\`\`\``);
});
