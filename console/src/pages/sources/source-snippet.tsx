// Code to copy: the client of the source's kind and curl, with this server's address and the source's key.
import { useState } from 'react';
import { Anchor, Paper, Select, Stack, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '../../components/code-block.tsx';
import { serverStatusQuery } from '../settings/settings-queries.ts';
import { snippetsOf } from './snippets.ts';
import type { Source } from './source-queries.ts';

/** Stands where a secret key goes: secret ones are shown on request only, under Keys. */
const secretPlaceholder = 'YOUR_SECRET_KEY';

export function SourceSnippet({ source }: { readonly source: Source }) {
  const status = useQuery(serverStatusQuery);
  const usable = source.keys.filter(({ revokedAt }) => revokedAt === null);
  const [chosen, setChosen] = useState<string | null>(null);
  const key = usable.find(({ id }) => id === chosen) ?? usable.find(({ shown }) => shown) ?? usable[0];
  if (!key)
    return (
      <Text size="sm" c="dimmed">
        This source has no key that works. Add one under Keys; then the code to copy stands here.
      </Text>
    );

  const origin = (status.data?.publicUrl ?? window.location.origin).replace(/\/$/, '');
  const snippets = snippetsOf(source, { origin, key: key.shown ? key.key : secretPlaceholder });
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Send a first call">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Send a first call
        </Title>
        {usable.length > 1 && (
          <Select
            label="With the key"
            data={usable.map((one) => ({ value: one.id, label: `${one.key} (${one.class})` }))}
            value={key.id}
            onChange={setChosen}
            allowDeselect={false}
            maw={420}
          />
        )}
        {!key.shown && (
          <Text size="sm" c="dimmed">
            The key is secret: put it in place of {secretPlaceholder}. Editors and owners can see it under Keys.
          </Text>
        )}
        <Tabs defaultValue={snippets[0]?.label ?? ''} variant="outline">
          <Tabs.List>
            {snippets.map(({ label }) => (
              <Tabs.Tab key={label} value={label}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
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
    </Paper>
  );
}
