// The story at a glance: how the event stands in the workspace and at each destination.
import { Group, Text } from '@mantine/core';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Explanation } from './explanation.ts';
import { verdictOf } from './verdict.ts';
import { workspaceVerdict } from './workspace-story.tsx';

export function StorySummary({ explanation }: { readonly explanation: Explanation }) {
  const places = [
    { id: 'workspace', name: 'Workspace', verdict: workspaceVerdict(explanation.workspace) },
    ...explanation.destinations.map((one) => ({ id: one.id, name: one.name, verdict: verdictOf(one) })),
  ];
  return (
    <Group component="ul" gap="lg" p={0} m={0} aria-label="Where it went">
      {places.map(({ id, name, verdict }) => (
        <Group key={id} component="li" gap={6} wrap="nowrap" style={{ listStyle: 'none' }}>
          <Text size="sm">{name}</Text>
          <StatusBadge tone={verdict.tone}>{verdict.label}</StatusBadge>
        </Group>
      ))}
    </Group>
  );
}

/** Whether something is still to happen to the event. */
export const isUnfinished = ({ workspace, destinations }: Explanation): boolean =>
  workspace.state === 'waiting' ||
  destinations.some(({ standing }) => ['not reached', 'in flight', 'parked'].includes(standing));
