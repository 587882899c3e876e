// Replays: what to send once more, tried dry first, and how runs are getting on.
import { useState } from 'react';
import { Button, Group, NumberInput, Paper, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session.tsx';
import { eventsInWords } from './destination-health.ts';
import type { Destination } from './destination-queries.ts';
import { ReplayRun } from './replay-run.tsx';
import { replaysQuery, useStartReplay } from './replay-queries.ts';
import type { NewReplay } from './replay-queries.ts';
import { SourceChoice } from './source-choice.tsx';
import { TriggerEditor } from './trigger-editor.tsx';

const spans = {
  day: 'The last 24 hours',
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'The last 7 days',
  all: 'All that is stored',
  own: 'Between two times',
} as const;

export function Replays({ destination }: { readonly destination: Destination }) {
  const replays = useQuery(replaysQuery(destination.id));
  const [latest, ...earlier] = replays.data?.items ?? [];
  return (
    <Stack gap="lg">
      <ReplayForm destination={destination} />
      <QueryView
        query={replays}
        empty={{
          when: ({ items }) => items.length === 0,
          title: 'No replay yet',
          hint: 'A replay sends stored events once more, with the present settings and actions. A dry run shows first what it would send.',
        }}
      >
        {() => (
          <Stack gap="md">
            {latest && <ReplayRun key={latest.id} destinationId={destination.id} run={latest} open />}
            {earlier.map((run) => (
              <ReplayRun key={run.id} destinationId={destination.id} run={run} />
            ))}
          </Stack>
        )}
      </QueryView>
    </Stack>
  );
}

function ReplayForm({ destination }: { readonly destination: Destination }) {
  const mayEdit = useSession().can('edit');
  const start = useStartReplay(destination.id);
  const [span, setSpan] = useState<string>('day');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [filtered, setFiltered] = useState(false);
  const [filter, setFilter] = useState('type = "track"');
  const [sourceIds, setSourceIds] = useState<readonly string[] | null>(null);
  const [rate, setRate] = useState<string | number>('');
  /** What the latest dry run was asked, to tell whether its count is that of the form as it is now. */
  const [tried, setTried] = useState<{ readonly form: string; readonly run: string } | null>(null);
  const form = JSON.stringify([span, from, to, filtered && filter, sourceIds]);
  const runs = useQuery(replaysQuery(destination.id)).data?.items ?? [];
  const dryRun = tried?.form === form ? runs.find(({ id, state }) => id === tried.run && state === 'done') : undefined;
  const found = dryRun ? ` The dry run found ${eventsInWords(dryRun.counts.matching)} to send.` : '';
  const asked = (dryRun: boolean): NewReplay => ({
    ...boundsOf(span, from, to),
    filter: filtered ? filter : null,
    sourceIds: sourceIds === null ? null : [...sourceIds],
    ratePerSecond: typeof rate === 'number' ? rate : null,
    dryRun,
    fromOffset: null,
    toOffset: null,
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <Title order={2} size="h4">
          Send events once more
        </Title>
        <Group align="flex-end">
          <Select
            label="Received"
            data={Object.entries(spans).map(([value, label]) => ({ value, label }))}
            value={span}
            allowDeselect={false}
            onChange={(next) => setSpan(next ?? 'day')}
          />
          {span === 'own' && (
            <>
              <TextInput
                label="From"
                type="datetime-local"
                value={from}
                onChange={({ currentTarget }) => setFrom(currentTarget.value)}
              />
              <TextInput
                label="Until"
                type="datetime-local"
                value={to}
                onChange={({ currentTarget }) => setTo(currentTarget.value)}
              />
            </>
          )}
          <NumberInput
            label="Events a second, at most"
            placeholder="As fast as it takes them"
            min={0.1}
            max={100_000}
            value={rate}
            onChange={setRate}
          />
        </Group>
        <SourceChoice
          label="Events of every source"
          description="Or of some that you choose."
          value={sourceIds}
          onChange={setSourceIds}
        />
        <Switch
          label="Only some events"
          description="Besides what the actions' own triggers take."
          checked={filtered}
          onChange={({ currentTarget }) => setFiltered(currentTarget.checked)}
        />
        {filtered && (
          <TriggerEditor label="Filter" description="Which events to send again." value={filter} onChange={setFilter} />
        )}
        {start.error && <ErrorNotice error={start.error} />}
        <Group>
          <Button
            variant="default"
            disabled={!mayEdit || sourceIds?.length === 0}
            loading={start.isPending}
            onClick={() => start.mutate(asked(true), { onSuccess: ({ id }) => setTried({ form, run: id }) })}
          >
            Dry run
          </Button>
          <ConfirmButton
            variant="filled"
            title="Start replay"
            message={`Events of the stretch, also ones that ${destination.name} already got, are sent to it with its present settings and actions. What it has yet to get is not affected.${found}`}
            confirmLabel="Start"
            disabled={!mayEdit || sourceIds?.length === 0}
            onConfirm={() => start.mutateAsync(asked(false))}
          />
          <Text size="sm" c="dimmed" flex="1 1 14rem">
            A dry run counts what would be sent, shows some requests and sends nothing.
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}

const dayMs = 24 * 60 * 60 * 1000;

/** Of the browser's own days; null is open. */
function boundsOf(
  span: string,
  from: string,
  to: string,
): { readonly from: string | null; readonly to: string | null } {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const before = new Date(midnight);
  before.setDate(before.getDate() - 1);
  switch (span) {
    case 'day':
      return { from: new Date(Date.now() - dayMs).toISOString(), to: null };
    case 'today':
      return { from: midnight.toISOString(), to: null };
    case 'yesterday':
      return { from: before.toISOString(), to: midnight.toISOString() };
    case 'week':
      return { from: new Date(Date.now() - 7 * dayMs).toISOString(), to: null };
    case 'own':
      return { from: toIso(from), to: toIso(to) };
    default:
      return { from: null, to: null };
  }
}

const toIso = (text: string): string | null => (text === '' ? null : new Date(text).toISOString());
