// First calls to copy, a tab per client, with this server's address and the source's key filled in.
import { useState } from 'react';
import { Alert, Anchor, ScrollArea, Select, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '../../components/code-block.tsx';
import { serverStatusQuery } from '../settings/settings-queries.ts';
import { kindInfo, needsPublicKey } from './source-kinds.ts';
import type { Source, SourceKind } from './source-queries.ts';
import { snippetsOf } from './snippets.ts';

/** Stands where a secret key goes: secret ones are shown on request only, under Keys. */
const secretPlaceholder = 'YOUR_SECRET_KEY';

interface ClientSnippetsProps {
  readonly source: Source;
  /** Clients to choose from, in this order; the source's own is chosen first. */
  readonly kinds: readonly SourceKind[];
}

export function ClientSnippets({ source, kinds }: ClientSnippetsProps) {
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
  const address = { origin, key: key.shown ? key.key : secretPlaceholder };
  const snippets = kinds.flatMap((kind) =>
    snippetsOf({ kind, family: source.family }, address).map((snippet) => ({ kind, ...snippet })),
  );
  const own = snippets.find(({ kind }) => kind === source.kind) ?? snippets[0];
  return (
    <Stack gap="sm">
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
        <Text size="sm">
          The key is secret: put it in place of {secretPlaceholder}. Owners and editors can see it on the source’s page,
          under Keys.
        </Text>
      )}
      <Tabs key={source.id} defaultValue={own?.label ?? null} variant="outline" keepMounted={false}>
        <ScrollArea type="auto" scrollbars="x">
          <Tabs.List style={{ flexWrap: 'nowrap' }} aria-label="Client">
            {snippets.map(({ label }) => (
              <Tabs.Tab key={label} value={label}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </ScrollArea>
        {snippets.map(({ kind, label, install, language, code, docs }) => (
          <Tabs.Panel key={label} value={label} pt="sm">
            <Stack gap="xs">
              {needsPublicKey(kind) && key.class === 'secret' && (
                <Alert color="yellow" title="This client needs a public key">
                  Whoever has the {kind === 'javascript' ? 'website' : 'app'} can read its key, so secret ones are
                  refused. Add a public key under Keys.
                </Alert>
              )}
              {install !== null && <CodeBlock label="Install" language="sh" code={install} />}
              <CodeBlock label={`${label} example`} language={language} code={code} />
              <Anchor href={docs} target="_blank" rel="noreferrer" size="sm">
                {kind === 'http' ? 'Every call and field' : `More about the ${kindInfo[kind].label} client`}
              </Anchor>
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
