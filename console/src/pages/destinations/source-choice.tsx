// Which sources a destination takes events from: all, also those to come, or some.
import { MultiSelect, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sourceNamesQuery } from './destination-queries.ts';

interface SourceChoiceProps {
  /** Null takes all. */
  readonly value: readonly string[] | null;
  readonly onChange: (value: readonly string[] | null) => void;
  readonly disabled?: boolean;
}

export function SourceChoice({ value, onChange, disabled = false }: SourceChoiceProps) {
  const sources = useQuery(sourceNamesQuery).data?.items ?? [];
  return (
    <Stack gap="sm">
      <Switch
        label="Take events from every source"
        description="Also from those added later."
        checked={value === null}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : sources.map(({ id }) => id))}
      />
      {value !== null && (
        <MultiSelect
          label="Connected sources"
          description="Without any, it gets nothing."
          data={sources.map(({ id, name }) => ({ value: id, label: name }))}
          value={[...value]}
          disabled={disabled}
          onChange={onChange}
        />
      )}
    </Stack>
  );
}
