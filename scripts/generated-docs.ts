// The documents that follow from tables in the code: settings and error codes.
import { settingsTable } from '../src/config/settings-table.ts';
import { errorCodes } from '../src/errors/codes.ts';

const notice = (source: string): string =>
  `<!-- Generated from ${source} by \`npm run generate\`. Do not edit. -->\n\n`;
const cell = (text: string): string => text.replaceAll('|', '\\|');

function configuration(): string {
  const rows = Object.entries(settingsTable).map(([name, entry]) => {
    const fallback = entry.default === null ? '–' : entry.default === '' ? 'empty' : `\`${entry.default}\``;
    return `| \`${name}\` | ${fallback} | ${cell(entry.doc)}${entry.secret ? ' Never in the log.' : ''} |`;
  });
  return `${notice('src/config/settings-table.ts')}# Settings

Leat runs with none set. Settings are environment variables; an unknown \`LEAT_*\` name is an error that names the nearest
known one, and all errors are reported at once. The command line also reads \`LEAT_URL\`, the address of the server it
talks to.

| name | default | what it does |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function errors(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, entry]) => `| \`${code}\` | ${entry.status} | ${entry.retry ? 'yes' : 'no'} | ${cell(entry.message)} |`,
  );
  return `${notice('src/errors/codes.ts')}# Errors

Every error body has \`code\`, \`message\`, \`error\` and \`meta.errors\`, so that each official client finds what it reads.
The message of a real error is more exact than the one below: it names the field, the limit and the remedy.

| code | HTTP status | may help to try again | meaning |
| --- | --: | --- | --- |
${rows.join('\n')}
`;
}

/** Text by path from the repository's root. */
export const generatedDocs = (): Readonly<Record<string, string>> => ({
  'docs/configuration.md': configuration(),
  'docs/errors.md': errors(),
});
