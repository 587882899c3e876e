// One replay: how far it is, what came of it, and for a dry run what it would send.
import { useState } from 'react';
import { Button, Code, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '../../components/code-block.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Tone } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { formatCount } from './destination-health.ts';
import { Notice } from './notice.tsx';
import { replayFailuresQuery, replayQuery, useSteerReplay } from './replay-queries.ts';
import type { Replay } from './replay-queries.ts';
import { pretty } from './request-preview.tsx';

interface ReplayRunProps {
  readonly destinationId: string;
  readonly run: Replay;
  /** Whether its details are shown at once. */
  readonly open?: boolean;
}

const states: Readonly<Record<Replay['state'], readonly [Tone, string]>> = {
  running: ['warn', 'Running'],
  paused: ['idle', 'Paused'],
  done: ['good', 'Done'],
  cancelled: ['idle', 'Ended early'],
};
const countNames = {
  matching: 'would be sent',
  delivered: 'delivered',
  failed: 'failed',
  filtered: 'wanted by no action',
  excluded: 'outside the filter',
  gone: 'no longer stored',
} as const;

export function ReplayRun({ destinationId, run, open = false }: ReplayRunProps) {
  const [shown, setShown] = useState(open);
  const { state, dryRun, finished, total, counts, problem } = run;
  const [tone, text] = states[state];
  const share = total === 0 ? 100 : (100 * finished) / total;
  const name = dryRun ? 'Dry run' : 'Replay';
  const parts = Object.entries(countNames).flatMap(([key, label]) => {
    const count = counts[key as keyof typeof countNames];
    return count > 0 ? [`${formatCount(count)} ${label}`] : [];
  });
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            <StatusBadge tone={tone}>{text}</StatusBadge>
            <Text size="sm" c="dimmed">
              <TimeAgo at={run.createdAt} /> by {run.createdBy}
            </Text>
          </Group>
          <Steering destinationId={destinationId} run={run} />
        </Group>
        <Progress value={share} aria-label={`${name}: ${Math.round(share)} percent`} />
        <Text size="sm" role="status">
          {formatCount(finished)} of {formatCount(total)} events{parts.length > 0 && `: ${parts.join(', ')}`}.
        </Text>
        {run.filter !== null && (
          <Text size="sm">
            Filter: <Code>{run.filter}</Code>
          </Text>
        )}
        {problem !== null && <Notice tone="warn">{problem}</Notice>}
        {(dryRun || counts.failed > 0) && (
          <Group>
            <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide details' : dryRun ? 'Show what it would send' : 'Show what failed'}
            </Button>
          </Group>
        )}
        {shown && dryRun && <Samples destinationId={destinationId} run={run.id} />}
        {shown && !dryRun && counts.failed > 0 && <Failures destinationId={destinationId} run={run.id} />}
      </Stack>
    </Paper>
  );
}

function Steering({ destinationId, run }: { readonly destinationId: string; readonly run: Replay }) {
  const mayEdit = useSession().can('edit');
  const steer = useSteerReplay(destinationId, run.id);
  if (run.state !== 'running' && run.state !== 'paused') return null;
  const [verb, label] = run.state === 'running' ? (['pause', 'Pause'] as const) : (['resume', 'Go on'] as const);
  return (
    <Group gap="xs">
      {steer.error && <ErrorNotice error={steer.error} />}
      <Button
        size="xs"
        variant="default"
        disabled={!mayEdit}
        loading={steer.isPending}
        onClick={() => steer.mutate(verb)}
      >
        {label}
      </Button>
      <ConfirmButton
        size="xs"
        title="End replay"
        message="It sends nothing more. What it has sent stays sent."
        confirmLabel="End it"
        disabled={!mayEdit}
        onConfirm={() => steer.mutateAsync('cancel')}
      />
    </Group>
  );
}

function Samples({ destinationId, run }: { readonly destinationId: string; readonly run: string }) {
  const detail = useQuery(replayQuery(destinationId, run));
  return (
    <QueryView query={detail}>
      {({ samples }) => (
        <Stack gap="sm">
          {samples.length === 0 && (
            <Text size="sm" c="dimmed">
              Nothing so far would be sent.
            </Text>
          )}
          {samples
            .slice(0, 3)
            .flatMap(({ messageId, actions }) =>
              actions.map(({ name, requests, problem }) => (
                <CodeBlock
                  key={`${messageId} ${name}`}
                  label={`${name}: ${requests[0] ? `${requests[0].method} ${requests[0].url}` : 'no request'}`}
                  code={problem ?? requests.map(({ body }) => pretty(body)).join('\n\n')}
                />
              )),
            )}
        </Stack>
      )}
    </QueryView>
  );
}

function Failures({ destinationId, run }: { readonly destinationId: string; readonly run: string }) {
  const failures = useQuery(replayFailuresQuery(destinationId, run));
  return (
    <QueryView query={failures}>
      {({ items }) => (
        <DataTable
          label="What failed"
          rows={items}
          rowKey={({ partition, offset }) => `${partition}.${offset}`}
          columns={[
            { key: 'id', header: 'messageId', cell: ({ messageId }) => messageId },
            { key: 'reason', header: 'Reason', cell: ({ reason }) => reason },
            { key: 'tries', header: 'Tries', align: 'right', cell: ({ attempts }) => String(attempts) },
          ]}
        />
      )}
    </QueryView>
  );
}
