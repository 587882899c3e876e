// Tokens of the control API: made with a role, shown once, deleted. For owners.
import { useState } from 'react';
import { Alert, Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '../../components/code-block.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { OwnersOnly } from './owners-only.tsx';
import { RoleChoice, capital, roleMeaning } from './roles.tsx';
import { tokensQuery, useDeleteToken, useMakeToken } from './settings-queries.ts';
import type { Role, Token } from './settings-queries.ts';

interface NewToken {
  readonly name: string;
  readonly token: string;
}

export default function TokensPage() {
  return (
    <OwnersOnly title="API tokens">
      <Tokens />
    </OwnersOnly>
  );
}

function Tokens() {
  const tokens = useQuery(tokensQuery);
  const remove = useDeleteToken();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewToken | null>(null);
  const make = <Button onClick={() => setMaking(true)}>Make a token</Button>;
  const columns = [
    { key: 'name', header: 'Name', cell: ({ name }: Token) => name },
    {
      key: 'role',
      header: 'Role',
      cell: ({ role }: Token) => <span title={roleMeaning[role]}>{capital(role)}</span>,
    },
    { key: 'made', header: 'Made', cell: ({ createdAt }: Token) => <TimeAgo at={createdAt} /> },
    {
      key: 'actions',
      header: 'Actions',
      align: 'right' as const,
      cell: ({ id, name }: Token) => (
        <ConfirmButton
          size="compact-sm"
          title={`Delete the token ${name}?`}
          message="It opens nothing from then on; whatever uses it stops working."
          confirmLabel="Delete token"
          aria-label={`Delete the token ${name}`}
          onConfirm={() => remove.mutateAsync(id)}
        >
          Delete
        </ConfirmButton>
      ),
    },
  ];
  return (
    <Page
      title="API tokens"
      description={
        <>
          For scripts and programs that use the <Anchor href="/docs/control">control API</Anchor>. Events are sent with
          the keys of sources, not with these.
        </>
      }
      actions={make}
    >
      <Stack gap="md">
        {made && (
          <Alert
            color="teal"
            title={`The token ${made.name}`}
            withCloseButton
            closeButtonLabel="Close the token"
            onClose={() => setMade(null)}
          >
            <Stack gap="xs">
              <CodeBlock label="Token" code={made.token} />
              <Text size="sm">Copy it now: only its hash is kept, so it is not shown again.</Text>
              <CodeBlock
                label="Try it"
                language="sh"
                code={`curl --header 'Authorization: Bearer ${made.token}' ${window.location.origin}/api/v1/status`}
              />
            </Stack>
          </Alert>
        )}
        <QueryView
          query={tokens}
          empty={{
            when: ({ items }) => items.length === 0,
            title: 'No token yet',
            hint: 'Make one for each program, with the smallest role that does, so that one can go without the others.',
            action: make,
          }}
        >
          {({ items }) => <DataTable label="API tokens" columns={columns} rows={items} rowKey={({ id }) => id} />}
        </QueryView>
        <Text size="xs" c="dimmed">
          The operator’s own token, from LEAT_ADMIN_TOKEN or the data folder, is not listed.
        </Text>
      </Stack>
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        title="Make a token"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <TokenForm
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      </Modal>
    </Page>
  );
}

function TokenForm({ onMade }: { readonly onMade: (token: NewToken) => void }) {
  const make = useMakeToken();
  const form = useForm({
    initialValues: { name: '', role: 'viewer' as Role },
    validate: { name: (name) => (name.trim() === '' ? 'Name the program that will use it.' : null) },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ name, role }) => make.mutate({ name: name.trim(), role }, { onSuccess: onMade }))}
    >
      <Stack>
        <TextInput
          label="Name"
          description="Stands in the audit log beside what it did."
          data-autofocus
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <RoleChoice label="Role" value={form.values.role} onChange={(role) => form.setFieldValue('role', role)} />
        {make.error && <ErrorNotice error={make.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            Make the token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
