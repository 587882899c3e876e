// What a destination does with which events: its actions, each on or off, and the editor of one of them.
import { Anchor, Button, Code, Group, Menu, Paper, Stack, Switch, Text } from '@mantine/core';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSession } from '../../session.tsx';
import { ActionEditor } from './action-editor.tsx';
import { newAction } from './draft-action.ts';
import { useSetActions } from './destination-queries.ts';
import type { Destination, Kind, KindAction } from './destination-queries.ts';

interface DestinationActionsProps {
  readonly destination: Destination;
  /** Null until it is loaded. */
  readonly kind: Kind | null;
  /** Id of the action that is open, `new:` and its kind, or null. */
  readonly editing: string | null;
  readonly onEdit: (action: string | null) => void;
}

export function DestinationActions({ destination, kind, editing, onEdit }: DestinationActionsProps) {
  const mayEdit = useSession().can('edit');
  const save = useSetActions(destination.id);
  const { actions } = destination;
  const open = editing === null ? null : (actions.find(({ id }) => id === editing) ?? newAction(kind, editing));
  if (open)
    return (
      <ActionEditor
        key={editing}
        destination={destination}
        action={open}
        model={kind?.actions.find(({ slug }) => slug === open.kind) ?? null}
        onClose={() => onEdit(null)}
      />
    );

  const toggle = (id: string, enabled: boolean): void =>
    save.mutate(actions.map((one) => (one.id === id ? { ...one, enabled } : one)));
  const add = kind && <AddAction kinds={kind.actions} disabled={!mayEdit} onAdd={(slug) => onEdit(`new:${slug}`)} />;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          Every action that is on and whose trigger matches an event is carried out, in this order.
        </Text>
        {add}
      </Group>
      {save.error && <ErrorNotice error={save.error} />}
      {actions.length === 0 && (
        <EmptyState
          title="No action yet"
          hint="Nothing is sent without one. Add an action and say which events it takes."
        />
      )}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Actions">
        {actions.map((action) => (
          <Paper key={action.id} component="li" withBorder p="sm">
            <Group wrap="nowrap" align="flex-start" justify="space-between">
              <Stack gap={4} miw={0}>
                <Anchor component="button" type="button" ta="left" fw={600} onClick={() => onEdit(action.id)}>
                  {action.name}
                </Anchor>
                <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{action.trigger}</Code>
              </Stack>
              <Switch
                aria-label={`${action.name} is on`}
                checked={action.enabled}
                disabled={!mayEdit || save.isPending}
                onChange={({ currentTarget }) => toggle(action.id, currentTarget.checked)}
              />
            </Group>
          </Paper>
        ))}
      </Stack>
    </Stack>
  );
}

interface AddActionProps {
  readonly kinds: readonly KindAction[];
  readonly disabled: boolean;
  readonly onAdd: (slug: string) => void;
}

const AddAction = ({ kinds, disabled, onAdd }: AddActionProps) => (
  <Menu position="bottom-end">
    <Menu.Target>
      <Button variant="default" disabled={disabled}>
        Add action
      </Button>
    </Menu.Target>
    <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }} maw={360}>
      {kinds.map(({ slug, name, description }) => (
        <Menu.Item key={slug} onClick={() => onAdd(slug)}>
          {name}
          <Text size="xs" c="dimmed" lineClamp={2}>
            {description}
          </Text>
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
);
