// Gives an object type a name in place of its number. Names are for people only: calls go on using the id.
import { Button, Group, Popover, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiSend } from '../../api/client.ts';
import { useSession } from '../../session.tsx';
import { objectTypesKey, typeLabel } from './object-types.ts';
import type { ObjectType } from './object-types.ts';

export function RenameType({ type }: { readonly type: Pick<ObjectType, 'id' | 'name'> }) {
  const session = useSession();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState(type.name ?? '');
  const rename = useMutation({
    mutationFn: (given: string) =>
      apiSend('PATCH', `/api/v1/object-types/${encodeURIComponent(type.id)}`, { name: given === '' ? null : given }),
    onSuccess: async () => {
      setOpened(false);
      await client.invalidateQueries({ queryKey: objectTypesKey });
    },
  });
  if (!session.can('edit')) return <>{type.name ?? '–'}</>;
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withArrow shadow="md" position="bottom-end">
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setOpened(!opened)}
          aria-label={`Rename ${typeLabel(type)}`}
        >
          Rename
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate(name.trim());
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label="Name"
              placeholder="Companies"
              value={name}
              error={rename.error?.message}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Button type="submit" loading={rename.isPending}>
              Save
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
