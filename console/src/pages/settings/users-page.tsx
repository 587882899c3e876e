// Users: who may sign in and as what; inviting, changing, removing. For owners.
import { useState } from 'react';
import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { InviteUser } from './invite-user.tsx';
import { OwnersOnly } from './owners-only.tsx';
import { capital, roles, toRole } from './roles.tsx';
import { useChangeUser, useMakeLink, useRemoveUser, usersQuery } from './settings-queries.ts';
import type { User } from './settings-queries.ts';

interface Link {
  readonly email: string;
  readonly link: string;
  readonly expiresAt: string;
}

export default function UsersPage() {
  return (
    <OwnersOnly title="Users">
      <Users />
    </OwnersOnly>
  );
}

function Users() {
  const users = useQuery(usersQuery);
  const me = useSession().user;
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  const changeRole = useChangeUser();
  const makeLink = useMakeLink();
  const remove = useRemoveUser();

  const columns = [
    {
      key: 'name',
      header: 'Name',
      cell: ({ id, name, email }: User) => (
        <>
          <Text size="sm" fw={600}>
            {name}
            {id === me.id && ' (you)'}
          </Text>
          {name !== email && (
            <Text size="xs" c="dimmed">
              {email}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'role',
      header: 'Role',
      cell: ({ id, email, role }: User) => (
        <Select
          aria-label={`Role of ${email}`}
          data={roles.map((one) => ({ value: one, label: capital(one) }))}
          value={role}
          allowDeselect={false}
          size="xs"
          w={110}
          onChange={(next) => {
            if (next !== null && next !== role) changeRole.mutate({ id, role: toRole(next) });
          }}
        />
      ),
    },
    {
      key: 'state',
      header: 'State',
      cell: ({ active, lastSignInAt }: User) =>
        active ? (
          <Text size="sm" component="div">
            signed in <TimeAgo at={lastSignInAt} />
          </Text>
        ) : (
          <StatusBadge tone="warn">Invited</StatusBadge>
        ),
    },
    {
      key: 'actions',
      header: 'Actions',
      align: 'right' as const,
      cell: ({ id, name, email, active }: User) => (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${active ? 'Password link' : 'New link'} for ${email}`}
            onClick={() => makeLink.mutate(id, { onSuccess: (made) => setLink({ email, ...made }) })}
          >
            {active ? 'Password link' : 'New link'}
          </Button>
          <ConfirmButton
            size="compact-sm"
            title={`Remove ${name}?`}
            message="This ends all sessions and links of this user at once. What the user did stays in the audit log."
            confirmLabel="Remove user"
            disabled={id === me.id}
            aria-label={`Remove ${email}`}
            onConfirm={() => remove.mutateAsync(id)}
          >
            Remove
          </ConfirmButton>
        </Group>
      ),
    },
  ];

  return (
    <Page
      title="Users"
      description="Who may sign in, and as what. A changed role holds at once."
      actions={<Button onClick={() => setInviting(true)}>Invite a user</Button>}
    >
      <Stack gap="md">
        {link && <OneTimeLink link={link} onDone={() => setLink(null)} />}
        {changeRole.error && <ErrorNotice error={changeRole.error} />}
        {makeLink.error && <ErrorNotice error={makeLink.error} />}
        <QueryView query={users}>
          {({ items }) => <DataTable label="Users" columns={columns} rows={items} rowKey={({ id }) => id} />}
        </QueryView>
      </Stack>
      <InviteUser opened={inviting} onClose={() => setInviting(false)} onInvited={setLink} />
    </Page>
  );
}

const OneTimeLink = ({ link, onDone }: { readonly link: Link; readonly onDone: () => void }) => (
  <Alert
    color="teal"
    title={`One-time link for ${link.email}`}
    withCloseButton
    closeButtonLabel="Close the link"
    onClose={onDone}
  >
    <Stack gap="xs">
      <CodeBlock label="One-time link" code={link.link} />
      <Text size="sm" component="div">
        Hand it over yourself: Leat sends no mail. Whoever opens it chooses a password and is signed in. It works once,
        expires <TimeAgo at={link.expiresAt} />, and is not shown again.
      </Text>
    </Stack>
  </Alert>
);
