// Calls that reached no source because their key is not known here: from where, how many, and what to do.
import { useState } from 'react';
import { Anchor, Button, Code, Modal, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { optionsFault } from '../../components/options-fault.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { checkBroughtKey } from './brought-key.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Rejections } from './rejections.tsx';
import { formatCount } from './source-health.ts';
import { sourcesQuery, unrecognisedKeysQuery, useAddKey } from './source-queries.ts';
import type { UnrecognisedKey } from './source-queries.ts';

export default function UnrecognisedKeysPage() {
  const found = useQuery(unrecognisedKeysQuery);
  const mayEdit = useSession().can('edit');
  const [bringing, setBringing] = useState(false);
  return (
    <Page
      title="Unrecognised keys"
      description="Calls whose key nothing here knows. They were not taken."
      actions={mayEdit ? <Button onClick={() => setBringing(true)}>Bring a key along</Button> : undefined}
    >
      <Stack gap="md">
        <Anchor component={Link} to="/sources" size="sm">
          All sources
        </Anchor>
        <QueryView
          query={found}
          empty={{
            when: ({ items }) => items.length === 0,
            title: 'Every key was recognised',
            hint: 'A call with a mistyped, foreign or missing key would be listed here with where it came from.',
          }}
        >
          {({ items }) => (
            <Stack gap="lg">
              <DataTable label="Unrecognised keys" columns={columns} rows={items} rowKey={rowKey} />
              <Stack gap="sm" component="section" aria-label="The calls">
                <Title order={2} size="h4">
                  The calls
                </Title>
                <Rejections sourceId={null} />
              </Stack>
            </Stack>
          )}
        </QueryView>
      </Stack>
      <Modal
        opened={bringing}
        onClose={() => setBringing(false)}
        title="Bring a key along"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <BringKey onDone={() => setBringing(false)} />
      </Modal>
    </Page>
  );
}

const rowKey = ({ keyPrefix, reason, ip, client }: UnrecognisedKey): string =>
  [keyPrefix, reason, ip, client].join(' ');

const columns = [
  {
    key: 'key',
    header: 'Key begins with',
    cell: ({ keyPrefix }: UnrecognisedKey) =>
      keyPrefix === '' ? (
        <Text size="sm" c="dimmed" span>
          no key
        </Text>
      ) : (
        <Code>{keyPrefix}</Code>
      ),
  },
  {
    key: 'why',
    header: 'What is wrong',
    cell: ({ message }: UnrecognisedKey) => (
      <Text size="sm" maw={420} style={{ overflowWrap: 'anywhere' }}>
        {message}
      </Text>
    ),
  },
  {
    key: 'from',
    header: 'From',
    cell: ({ ip, client }: UnrecognisedKey) => (
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {ip}
        <Text span size="xs" c="dimmed" display="block">
          {client || 'unnamed client'}
        </Text>
      </Text>
    ),
  },
  { key: 'count', header: 'Calls', align: 'right' as const, cell: ({ count }: UnrecognisedKey) => formatCount(count) },
  { key: 'last', header: 'Last', cell: ({ lastAt }: UnrecognisedKey) => <TimeAgo at={lastAt} /> },
];

/** Only the key's first characters are kept, so the whole of it has to be given. */
function BringKey({ onDone }: { readonly onDone: () => void }) {
  const sources = useQuery(sourcesQuery);
  const form = useForm({
    initialValues: { sourceId: '', key: '' },
    validate: { key: checkBroughtKey, sourceId: (id) => (id === '' ? 'Choose the source that sends with it.' : null) },
  });
  const add = useAddKey(form.values.sourceId);
  const submit = form.onSubmit(({ key }) =>
    add.mutate(
      { key, class: 'public' },
      {
        onSuccess: () => {
          notifications.show({ message: 'Calls with this key are taken from now on.', color: 'green' });
          onDone();
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          When clients out there cannot be changed, give their key to a source: from then on their calls are its calls.
        </Text>
        <Select
          label="Source"
          placeholder="Choose one"
          searchable
          data={(sources.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('sourceId')}
          error={optionsFault(sources) ?? form.errors['sourceId']}
        />
        <TextInput
          label="The whole key"
          description="Leat keeps only the first characters of keys it does not know."
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('key')}
        />
        {add.error && <ErrorNotice error={add.error} />}
        <Button type="submit" loading={add.isPending}>
          Bring it along
        </Button>
      </Stack>
    </form>
  );
}
