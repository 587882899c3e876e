// Which events are meant: as conditions, or as text; checked as it is written, with what it matches of late.
//
// The text is the truth. The server reads it; while what it reads is simple, it can be edited as conditions as well.
import { useEffect, useState } from 'react';
import { Box, Group, List, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TimeAgo } from '../../components/time-ago.tsx';
import { formatCount } from './destination-health.ts';
import { triedTriggerQuery } from './destination-queries.ts';
import type { TriedTrigger } from './destination-queries.ts';
import { eventTitle } from './event-fields.ts';
import { TriggerBuilder } from './trigger-builder.tsx';
import { printConditions, toConditions } from './trigger-tree.ts';
import type { Conditions } from './trigger-tree.ts';

interface TriggerEditorProps {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  readonly onChange: (trigger: string) => void;
  readonly disabled?: boolean;
}

const checkAfterMs = 200;

export function TriggerEditor({ label, description, value, onChange, disabled = false }: TriggerEditorProps) {
  const [checked] = useDebouncedValue(value, checkAfterMs);
  const tried = useQuery({ ...triedTriggerQuery(checked), placeholderData: keepPreviousData });
  const [mode, setMode] = useState<'builder' | 'text' | null>(null);
  const [conditions, setConditions] = useState<Conditions | null>(null);
  const current = checked === value && !tried.isPlaceholderData ? tried.data : undefined;
  const readable = current?.tree ? toConditions(current.tree) : null;

  // The first answer decides how it is shown.
  useEffect(() => {
    if (mode !== null || !current) return;
    setMode(readable ? 'builder' : 'text');
    setConditions(readable);
  }, [mode, current, readable]);

  const choose = (next: string): void => {
    if (next === 'builder') {
      if (!readable) return;
      setConditions(readable);
      setMode('builder');
    } else setMode('text');
  };
  const change = (next: Conditions): void => {
    setConditions(next);
    onChange(printConditions(next));
  };

  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Box flex="1 1 12rem">
          <Text fw={600}>{label}</Text>
          <Text size="sm" c="dimmed">
            {description}
          </Text>
        </Box>
        <SegmentedControl
          size="xs"
          aria-label={`${label}: edit as`}
          value={mode ?? 'text'}
          onChange={choose}
          data={[
            { value: 'builder', label: 'Conditions', disabled: mode === 'text' && !readable },
            { value: 'text', label: 'Text' },
          ]}
        />
      </Group>
      {mode === 'builder' && conditions ? (
        <TriggerBuilder value={conditions} onChange={change} disabled={disabled} />
      ) : (
        <Textarea
          aria-label={`${label} as text`}
          autosize
          minRows={2}
          maxRows={12}
          spellCheck={false}
          disabled={disabled}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={value}
          error={current?.error !== null && current?.error !== undefined}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      {tried.error && (
        <Text size="sm" role="alert" c="var(--mantine-color-error)">
          {tried.error.message}
        </Text>
      )}
      {tried.data?.error ? (
        <Fault text={checked} {...tried.data.error} />
      ) : (
        tried.data && <Matches tried={tried.data} />
      )}
      {mode === 'text' && current && !current.error && !readable && (
        <Text size="xs" c="dimmed">
          This trigger has groups within groups, so it is edited as text.
        </Text>
      )}
    </Stack>
  );
}

function Fault({
  text,
  message,
  position,
}: {
  readonly text: string;
  readonly message: string;
  readonly position: number | null;
}) {
  const before = text.slice(0, position ?? 0);
  const line = before.split('\n').length - 1;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  return (
    <Box role="alert">
      <Text size="sm" c="var(--mantine-color-error)">
        {message}
      </Text>
      {position !== null && text !== '' && (
        <Box component="pre" m={0} mt={4} fz="xs" style={{ overflowX: 'auto' }} tabIndex={0} aria-label="Where">
          {`${text.split('\n')[line] ?? ''}\n${' '.repeat(column)}^`}
        </Box>
      )}
    </Box>
  );
}

const Matches = ({ tried: { looked, matched, warnings, items } }: { readonly tried: TriedTrigger }) => (
  <Stack gap={4}>
    <Text size="sm" role="status">
      {looked === 0
        ? 'It can be read. There are no events yet to try it on.'
        : `Matches ${formatCount(matched)} of the last ${formatCount(looked)} ${looked === 1 ? 'event' : 'events'}.`}
    </Text>
    {warnings.map((warning) => (
      <Text key={warning} size="sm" c="var(--leat-warn)">
        {warning}
      </Text>
    ))}
    {items.length > 0 && (
      <List size="xs" c="dimmed" aria-label="Latest matches">
        {items.slice(0, 5).map((one) => (
          <List.Item key={`${one.sourceId} ${one.messageId}`}>
            {eventTitle(one.event)}, <TimeAgo at={one.receivedAt} />
          </List.Item>
        ))}
      </List>
    )}
  </Stack>
);
