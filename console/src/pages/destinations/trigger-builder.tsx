// A trigger as a list of conditions of which all or any must hold.
import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEventFields } from './event-fields.ts';
import { needsNoValue, tests } from './trigger-tree.ts';
import type { Condition, Conditions, Test } from './trigger-tree.ts';

interface TriggerBuilderProps {
  readonly value: Conditions;
  readonly onChange: (value: Conditions) => void;
  readonly disabled: boolean;
}

const testChoices = Object.entries(tests).map(([value, label]) => ({ value, label }));
const isTest = (text: string | null): text is Test => text !== null && Object.hasOwn(tests, text);

export function TriggerBuilder({ value, onChange, disabled }: TriggerBuilderProps) {
  const { join, list } = value;
  const fields = useEventFields();
  const replace = (index: number, change: Partial<Condition>): void =>
    onChange({ join, list: list.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <SegmentedControl
          size="xs"
          aria-label="How conditions are joined"
          disabled={disabled}
          data={[
            { value: 'and', label: 'ALL' },
            { value: 'or', label: 'ANY' },
          ]}
          value={join}
          onChange={(next) => onChange({ join: next === 'or' ? 'or' : 'and', list })}
        />
        <Text size="sm">of these must hold</Text>
      </Group>
      {list.map(({ field, test, value: text }, index) => (
        <Paper key={index} bg="transparent">
          <Group gap="xs" align="flex-start">
            <Autocomplete
              flex="2 1 10rem"
              aria-label={`Condition ${index + 1}: field`}
              placeholder="properties.total"
              data={fields.map(({ path }) => path)}
              value={field}
              disabled={disabled}
              limit={20}
              onChange={(next) => replace(index, { field: next })}
            />
            <Select
              flex="1 1 9rem"
              aria-label={`Condition ${index + 1}: test`}
              data={testChoices}
              value={test}
              disabled={disabled}
              allowDeselect={false}
              onChange={(next) => isTest(next) && replace(index, { test: next })}
            />
            {!needsNoValue(test) && (
              <ValueInput
                label={`Condition ${index + 1}: value`}
                placeholder={test === 'one of' ? 'a, b, c' : 'value'}
                suggestions={fields.find(({ path }) => path === field)?.values ?? []}
                value={text}
                disabled={disabled}
                onChange={(next) => replace(index, { value: next })}
              />
            )}
            <ActionIcon
              mt={6}
              variant="subtle"
              color="gray"
              disabled={disabled || list.length === 1}
              aria-label={`Remove condition ${index + 1}`}
              onClick={() => onChange({ join, list: list.filter((_, at) => at !== index) })}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled}
          onClick={() => onChange({ join, list: [...list, { field: '', test: 'is', value: '' }] })}
        >
          Add condition
        </Button>
      </Group>
    </Stack>
  );
}

interface ValueInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly suggestions: readonly string[];
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}

const ValueInput = ({ label, placeholder, suggestions, value, disabled, onChange }: ValueInputProps) =>
  suggestions.length > 0 ? (
    <Autocomplete
      flex="2 1 10rem"
      aria-label={label}
      placeholder={placeholder}
      data={[...suggestions]}
      value={value}
      disabled={disabled}
      onChange={onChange}
    />
  ) : (
    <TextInput
      flex="2 1 10rem"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      disabled={disabled}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
