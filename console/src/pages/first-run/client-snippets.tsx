// A first call in every client, with the real host and key: choose the one at hand.
import { Anchor, ScrollArea, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '../../components/code-block.tsx';
import { snippetsOf } from '../sources/snippets.ts';
import type { SourceKind } from '../sources/source-queries.ts';
import { destinationsQuery } from './first-run-queries.ts';
import type { Source } from './first-run-queries.ts';

const kinds: readonly SourceKind[] = [
  'http',
  'javascript',
  'node',
  'python',
  'go',
  'ios',
  'android',
  'reactnative',
  'flutter',
];
/** Secret keys are shown on request only, on the source's own page. */
const secretPlaceholder = 'YOUR_SECRET_KEY';

export function ClientSnippets({ source }: { readonly source: Source }) {
  const publicUrl = useQuery(destinationsQuery).data?.publicUrl;
  const usable = source.keys.filter(({ revokedAt }) => revokedAt === null);
  const key = usable.find(({ shown }) => shown);
  const address = {
    origin: (publicUrl ?? window.location.origin).replace(/\/$/, ''),
    key: key?.key ?? secretPlaceholder,
  };
  const snippets = kinds.flatMap((kind) => {
    const [first] = snippetsOf({ kind, family: source.family }, address);
    return first ? [first] : [];
  });
  const own = Math.max(0, kinds.indexOf(source.kind));

  return (
    <Stack gap="xs">
      {!key && (
        <Text size="sm">
          The key of this source is secret: put it in place of {secretPlaceholder}. Its page shows it on request.
        </Text>
      )}
      <Tabs key={source.id} defaultValue={snippets[own]?.label ?? null} variant="outline" keepMounted={false}>
        <ScrollArea type="auto" scrollbars="x">
          <Tabs.List style={{ flexWrap: 'nowrap' }} aria-label="Client">
            {snippets.map(({ label }) => (
              <Tabs.Tab key={label} value={label}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </ScrollArea>
        {snippets.map(({ label, install, language, code, docs }) => (
          <Tabs.Panel key={label} value={label} pt="sm">
            <Stack gap="xs">
              {install !== null && <CodeBlock label="Install" language="sh" code={install} />}
              <CodeBlock label={`${label} example`} language={language} code={code} />
              <Anchor href={docs} target="_blank" rel="noreferrer" size="sm">
                {docs === '/docs' ? 'Every call and field' : `More about the ${label} client`}
              </Anchor>
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
