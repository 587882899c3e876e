// The actions of a destination for one event: which ran, why, and what their mappings made of it.
import { Accordion, Group, Stack, Text } from '@mantine/core';
import { DataTable } from '../../components/data-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { ExplainedAction } from './explanation.ts';
import { TriggerTree } from './trigger-tree.tsx';

interface ExplainedActionsProps {
  readonly actions: readonly ExplainedAction[];
}

export function ExplainedActions({ actions }: ExplainedActionsProps) {
  const ordered = [...actions].sort((a, b) => Number(b.matched) - Number(a.matched));
  const matched = ordered.filter((action) => action.matched);
  if (actions.length === 0) return <Text size="sm">It has no actions. Add one to send anything.</Text>;
  return (
    <Accordion
      variant="contained"
      multiple
      defaultValue={matched.length === 1 ? matched.map(({ id }) => id) : []}
      chevronPosition="left"
    >
      {ordered.map((action) => (
        <Accordion.Item key={action.id} value={action.id}>
          <Accordion.Control>
            <Group gap="xs" justify="space-between" pr="xs">
              <Text size="sm" fw={500}>
                {action.name}
              </Text>
              <ActionState action={action} />
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <ActionDetail action={action} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function ActionState({ action }: { readonly action: ExplainedAction }) {
  if (action.problem !== undefined) return <StatusBadge tone="bad">cannot be read</StatusBadge>;
  if (action.matched) return <StatusBadge tone="good">matches</StatusBadge>;
  return <StatusBadge tone="idle">{action.enabled ? 'does not match' : 'off'}</StatusBadge>;
}

function ActionDetail({ action }: { readonly action: ExplainedAction }) {
  return (
    <Stack gap="sm">
      {action.problem !== undefined && <Text size="sm">{action.problem}</Text>}
      {action.trigger && (
        <section>
          <Text size="xs" c="dimmed" fw={500} mb={4}>
            Trigger
          </Text>
          <TriggerTree node={action.trigger} />
        </section>
      )}
      {action.fields && action.fields.length > 0 && (
        <section>
          <Text size="xs" c="dimmed" fw={500} mb={4}>
            Mapping
          </Text>
          <DataTable
            label={`Mapping of ${action.name}`}
            columns={columns}
            rows={action.fields}
            rowKey={(row) => row.field}
          />
        </section>
      )}
    </Stack>
  );
}

type Field = NonNullable<ExplainedAction['fields']>[number];

const columns = [
  { key: 'field', header: 'Field', cell: (row: Field) => row.field || '(whole payload)' },
  {
    key: 'value',
    header: 'Value',
    cell: (row: Field) => (
      <Text size="sm" ff="monospace" ta="left" style={{ wordBreak: 'break-word' }}>
        {row.value === undefined ? 'left out' : JSON.stringify(row.value)}
      </Text>
    ),
  },
  {
    key: 'reads',
    header: 'Read from',
    cell: (row: Field) => (
      <Text size="sm" c="dimmed" style={{ wordBreak: 'break-word' }}>
        {row.reads.map(({ path }) => path).join(', ') || 'a fixed value'}
      </Text>
    ),
  },
];
