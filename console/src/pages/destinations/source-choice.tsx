// Which sources a destination takes events from: all, also those to come, or some.
import { MultiSelect, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { optionsFault } from '../../components/options-fault.ts';
import { sourceNamesQuery } from './destination-queries.ts';

interface SourceChoiceProps {
  /** Null takes all. */
  readonly value: readonly string[] | null;
  readonly onChange: (value: readonly string[] | null) => void;
  readonly disabled?: boolean;
  /** @default 'Take events from every source' */
  readonly label?: string;
  readonly description?: string;
}

export function SourceChoice({
  value,
  onChange,
  disabled = false,
  label = 'Take events from every source',
  description = 'Also from those added later.',
}: SourceChoiceProps) {
  const found = useQuery(sourceNamesQuery);
  const fault = optionsFault(found);
  const sources = found.data?.items ?? [];
  return (
    <Stack gap="sm">
      <Switch
        label={label}
        description={description}
        checked={value === null}
        // Which ones there are has to be known before some are chosen.
        disabled={disabled || (value === null && found.data === undefined)}
        error={value === null && fault}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : sources.map(({ id }) => id))}
      />
      {value !== null && (
        <MultiSelect
          label="Sources"
          data={sources.map(({ id, name }) => ({ value: id, label: name }))}
          value={[...value]}
          disabled={disabled}
          error={fault ?? (value.length === 0 && 'Choose at least one, or take all.')}
          onChange={onChange}
        />
      )}
    </Stack>
  );
}
