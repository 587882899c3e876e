// Who is suppressed: calls about these identifiers are ignored until somebody unsuppresses them here or by a call.
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiSend } from '../../api/client.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { Further } from '../events/further.tsx';
import { itemsOf, useCursorPages } from '../events/pages-of.ts';
import { ChangeOutcome } from './change-outcome.tsx';
import { personPath } from './people-api.ts';
import type { PersonChange, Suppression } from './people-api.ts';

type Verb = 'suppress' | 'unsuppress';

const kinds: Readonly<Record<Suppression['kind'], string>> = {
  id: 'Id',
  email: 'Email',
  phone: 'Phone',
  cio_id: 'Leat id',
  anonymous_id: 'Anonymous id',
};

export function SuppressionList() {
  const session = useSession();
  const client = useQueryClient();
  const pages = useCursorPages<Suppression>('/api/v1/suppressions', {});
  const change = useMutation({
    mutationFn: ({ verb, value }: { readonly verb: Verb; readonly value: string }) =>
      apiSend<PersonChange>('POST', `${personPath(value)}/${verb}`),
    onSuccess: () => client.invalidateQueries(),
  });
  const rows = itemsOf(pages);
  const columns = [
    { key: 'kind', header: 'Identifier', cell: (row: Suppression) => kinds[row.kind] },
    { key: 'value', header: 'Value', cell: (row: Suppression) => row.value },
    { key: 'since', header: 'Since', cell: (row: Suppression) => <TimeAgo at={row.since} /> },
    {
      key: 'action',
      header: 'Action',
      cell: (row: Suppression) =>
        row.kind === 'cio_id' || !session.can('edit') ? null : (
          <ConfirmButton
            title={`Unsuppress ${row.value}?`}
            message="Calls about this person are taken again. What was deleted does not come back."
            confirmLabel="Unsuppress"
            onConfirm={async () => {
              await change.mutateAsync({ verb: 'unsuppress', value: row.value });
            }}
          >
            Unsuppress
          </ConfirmButton>
        ),
    },
  ];
  return (
    <>
      {session.can('edit') && (
        <SuppressForm
          onSuppress={(value, onDone) => change.mutate({ verb: 'suppress', value }, { onSuccess: onDone })}
          busy={change.isPending}
        />
      )}
      <ChangeOutcome change={change} what={change.variables?.verb === 'suppress' ? 'suppressed' : 'unsuppressed'} />
      <QueryView
        query={pages}
        empty={{
          when: () => rows.length === 0,
          title: 'Nobody is suppressed',
          hint: 'Suppress a person on their profile, or any identifier above: nobody needs to have it yet.',
        }}
      >
        {() => (
          <DataTable
            label="Suppressed identifiers"
            columns={columns}
            rows={rows}
            rowKey={(row) => `${row.kind} ${row.value}`}
          />
        )}
      </QueryView>
      <Further pages={pages} noun="identifiers" />
    </>
  );
}

interface SuppressFormProps {
  /** What was typed stays until it is done. */
  readonly onSuppress: (identifier: string, onDone: () => void) => void;
  readonly busy: boolean;
}

function SuppressForm({ onSuppress, busy }: SuppressFormProps) {
  const [identifier, setIdentifier] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSuppress(identifier.trim(), () => setIdentifier(''));
      }}
    >
      <Group align="flex-end" gap="sm" mb="md">
        <TextInput
          label="Suppress an identifier"
          description="An id or email. A person who has it is deleted, which cannot be undone, and the workspace ignores later calls about them."
          required
          withAsterisk={false}
          value={identifier}
          onChange={({ currentTarget }) => setIdentifier(currentTarget.value)}
          w={360}
          maw="100%"
        />
        <Button type="submit" color="red" variant="light" loading={busy} disabled={identifier.trim() === ''}>
          Suppress
        </Button>
      </Group>
    </form>
  );
}
