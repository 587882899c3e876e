// Keys of a source: shown, added, brought along, replaced, revoked.
import { useState } from 'react';
import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { CodeBlock } from '../../components/code-block.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { AddKey } from './add-key.tsx';
import { keyClassMeaning } from './key-class-choice.tsx';
import { RevealKey } from './reveal-key.tsx';
import { RotateKey } from './rotate-key.tsx';
import { useRevokeKey } from './source-queries.ts';
import type { Source, SourceKey } from './source-queries.ts';

export function SourceKeys({ source }: { readonly source: Source }) {
  const mayEdit = useSession().can('edit');
  const [made, setMade] = useState<SourceKey | null>(null);
  const [adding, setAdding] = useState(false);
  const usable = source.keys.filter(({ revokedAt }) => revokedAt === null);
  const revoked = source.keys.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={640}>
          A client sends a key with each call, and the key says which source it is. Keys carry their region and class at
          the front: us_ and eu_ are public, ak_us_ and ak_eu_ secret.
        </Text>
        {mayEdit && <Button onClick={() => setAdding(true)}>Add key</Button>}
      </Group>
      {made && <NewKey made={made} onDone={() => setMade(null)} />}
      {usable.length === 0 && (
        <Alert color="red" title="No key works">
          All keys are revoked, so no call is taken. Add a key and put it into the client.
        </Alert>
      )}
      {usable.map((key) => (
        <KeyCard key={key.id} sourceId={source.id} shown={key} onMade={setMade} />
      ))}
      {revoked.length > 0 && (
        <Stack gap="xs" component="section" aria-label="Revoked keys">
          <Title order={2} size="h5">
            Revoked
          </Title>
          <Text size="sm" c="dimmed">
            Calls with one of these are listed under Not taken. No other source can take them over.
          </Text>
          {revoked.map((key) => (
            <KeyCard key={key.id} sourceId={source.id} shown={key} onMade={setMade} />
          ))}
        </Stack>
      )}
      <AddKey source={source} opened={adding} onClose={() => setAdding(false)} onMade={setMade} />
    </Stack>
  );
}

const NewKey = ({ made, onDone }: { readonly made: SourceKey; readonly onDone: () => void }) => (
  <Alert color="green" title="The new key" withCloseButton closeButtonLabel="Close the new key" onClose={onDone}>
    <Stack gap="xs">
      <CodeBlock label="New key" code={made.key} />
      <Text size="sm">
        It works now. Put it into the client; once the client uses it, revoke the old one
        {made.class === 'secret' ? '. It is secret, so keep it out of websites and apps.' : '.'}
      </Text>
    </Stack>
  </Alert>
);

interface KeyCardProps {
  readonly sourceId: string;
  readonly shown: SourceKey;
  readonly onMade: (key: SourceKey) => void;
}

function KeyCard({ sourceId, shown, onMade }: KeyCardProps) {
  const mayEdit = useSession().can('edit');
  const revoke = useRevokeKey(sourceId);
  const works = shown.revokedAt === null;
  const hint = shown.shown ? `${shown.key.slice(0, 9)}…` : shown.key;
  return (
    <Paper withBorder p="md" radius="md" component="article" aria-label={`Key ${hint}`}>
      <Stack gap="xs">
        <Group gap="xs">
          <Badge variant="light" color={shown.class === 'secret' ? 'grape' : 'blue'} tt="none">
            {shown.class}
          </Badge>
          <Badge variant="default" tt="none">
            {shown.region === null ? 'brought along' : `region ${shown.region}`}
          </Badge>
          {!works && (
            <Badge color="red" variant="light" tt="none">
              revoked
            </Badge>
          )}
          <Text size="xs" c="dimmed">
            made <TimeAgo at={shown.createdAt} />
            {shown.revokedAt !== null && (
              <>
                , revoked <TimeAgo at={shown.revokedAt} />
              </>
            )}
          </Text>
        </Group>
        {shown.shown ? (
          <CodeBlock label="Key" code={shown.key} />
        ) : (
          <RevealKey sourceId={sourceId} hidden={shown} mayReveal={mayEdit} />
        )}
        <Text size="xs" c="dimmed">
          {keyClassMeaning[shown.class]}{' '}
          {shown.region === null
            ? 'It names no region: it works here whatever it looks like.'
            : `Made for region ${shown.region}; sent to a server of another region it is refused, and says so.`}
        </Text>
        {mayEdit && works && (
          <Group gap="xs">
            <RotateKey sourceId={sourceId} old={shown} hint={hint} onMade={onMade} />
            <ConfirmButton
              size="xs"
              title={`Revoke ${hint}?`}
              message="Calls with this key are no longer taken, from now on. Clients that still use it will not be heard. A revoked key cannot be brought back."
              confirmLabel="Revoke key"
              onConfirm={() => revoke.mutateAsync(shown.id)}
            >
              Revoke
            </ConfirmButton>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
