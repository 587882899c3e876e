// Suppress and delete, each said in full before it is confirmed.
import { Group } from '@mantine/core';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useSession } from '../../session.tsx';
import { DeleteReach } from './delete-reach.tsx';
import type { PersonRemoval } from './use-person-removal.ts';

interface PersonActionsProps {
  readonly name: string;
  readonly removal: PersonRemoval;
}

export function PersonActions({ name, removal }: PersonActionsProps) {
  const session = useSession();
  if (!session.can('edit')) return null;
  return (
    <Group gap="xs">
      <ConfirmButton
        title={`Suppress ${name}?`}
        message={<DeleteReach suppress />}
        confirmLabel="Suppress this person"
        onConfirm={async () => {
          await removal.mutateAsync('suppress');
        }}
      >
        Suppress
      </ConfirmButton>
      <ConfirmButton
        title={`Delete ${name}?`}
        message={<DeleteReach suppress={false} />}
        confirmLabel="Delete this person"
        onConfirm={async () => {
          await removal.mutateAsync('delete');
        }}
      >
        Delete
      </ConfirmButton>
    </Group>
  );
}
