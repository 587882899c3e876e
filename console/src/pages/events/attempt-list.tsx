// The tries of an event at a destination, with what the destination answered.
import { Stack, Text } from '@mantine/core';
import { CodeBlock } from '../../components/code-block.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { Attempt, ExplainedAction } from './explanation.ts';
import { Unfold } from './unfold.tsx';

interface AttemptListProps {
  readonly attempts: readonly Attempt[];
  readonly actions: readonly ExplainedAction[];
}

const tones = { delivered: 'good', retry: 'warn', failed: 'bad' } as const;
const words = { delivered: 'delivered', retry: 'to be retried', failed: 'failed' } as const;

export function AttemptList({ attempts, actions }: AttemptListProps) {
  const nameOf = (id: string): string => actions.find((action) => action.id === id)?.name ?? id;
  const columns = [
    { key: 'attempt', header: 'Try', cell: (row: Attempt) => row.attempt },
    { key: 'action', header: 'Action', cell: (row: Attempt) => nameOf(row.action) },
    { key: 'at', header: 'When', cell: (row: Attempt) => <TimeAgo at={row.at} /> },
    {
      key: 'outcome',
      header: 'Outcome',
      cell: (row: Attempt) => <StatusBadge tone={tones[row.outcome]}>{words[row.outcome]}</StatusBadge>,
    },
    { key: 'took', header: 'Took', cell: (row: Attempt) => `${Math.round(row.durationMs)} ms` },
    { key: 'answer', header: 'Answer', cell: (row: Attempt) => <Answered attempt={row} /> },
  ];
  return (
    <DataTable
      label="Attempts"
      columns={columns}
      rows={attempts}
      rowKey={(row) => `${row.action} ${row.attempt} ${row.at}`}
    />
  );
}

function Answered({ attempt }: { readonly attempt: Attempt }) {
  const { status, error, request, response } = attempt;
  return (
    <Stack gap={4} miw={0} ta="left">
      <Text size="sm" style={{ wordBreak: 'break-word' }}>
        {[status === null ? null : String(status), error].filter((part) => part !== null).join(' · ') || 'taken'}
      </Text>
      {(request !== null || response !== null) && (
        <Unfold label="Request and answer">
          <Stack gap="xs">
            {request !== null && <CodeBlock label="Request" code={request} />}
            {response !== null && <CodeBlock label="Answer" code={response} />}
          </Stack>
        </Unfold>
      )}
    </Stack>
  );
}
