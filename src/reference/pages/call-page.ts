// The page of one call: what it does, who it may be about, its fields, examples that run.
import type { CallOperation } from '../openapi/operation.ts';
import { toExampleText } from './example-text.ts';
import { fieldTable } from './field-table.ts';
import { generatedNote } from './generated-note.ts';

/** Examples of these groups stand on the page itself; the others have pages of their own. */
const ownGroups: readonly (string | undefined)[] = [undefined, 'Events'];

export function callPage(operation: CallOperation): string {
  const { name, shortForm, title, text, variants, schema, examples } = operation;
  const own = examples.filter(({ group }) => ownGroups.includes(group));
  return (
    [
      `# ${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      generatedNote,
      `**${title}**: \`POST /v1/${name}\`, short form \`/v1/${shortForm}\``,
      text,
      '## What it needs',
      ['| About | Needs | What happens |', '| --- | --- | --- |']
        .concat(variants.map((variant) => `| ${variant.title} | ${variant.needs} | ${variant.text} |`))
        .join('\n'),
      '## Fields',
      'Other fields are kept as they are. `null` and `""` count as absent, numeric ids become text. A time is ISO 8601 text or a number since 1970: see [backfilling](backfilling.md#times).',
      fieldTable(schema.properties ?? {}),
      '## Examples',
      ...own.flatMap((example) => [`### ${example.summary}`, toExampleText(`/v1/${name}`, example)]),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}
