// One field of a mapping: where its value comes from, and which.
import { useState } from 'react';
import { Autocomplete, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import type { EventField } from './event-fields.ts';
import { isObject } from './json.ts';
import type { Json } from './json.ts';
import { JsonText } from './json-text.tsx';
import type { SettingField } from './settings-schema.ts';

interface MappingFieldProps {
  readonly field: SettingField;
  /** Undefined leaves the field out. */
  readonly value: Json | undefined;
  readonly suggestions: readonly EventField[];
  readonly disabled: boolean;
  readonly onChange: (value: Json | undefined) => void;
  /** What is wrong with its text, where it is written as JSON, and null once nothing is. */
  readonly onFault: (fault: string | null) => void;
}

const ways = {
  path: 'From the event',
  first: 'First of several',
  template: 'Template',
  fixed: 'Fixed value',
  json: 'Directive (JSON)',
  none: 'Left out',
} as const;
type Way = keyof typeof ways;

export function MappingField({ field, value, suggestions, disabled, onChange, onFault }: MappingFieldProps) {
  const [way, setWay] = useState<Way>(() => wayOf(value));
  const { title, name, description, required } = field;
  const choose = (next: string | null): void => {
    if (next === null || !Object.hasOwn(ways, next)) return;
    setWay(next as Way);
    // The text that could not be read goes with its editor.
    onFault(null);
    if (next === 'none') onChange(undefined);
    else if (next === 'path') onChange({ '@path': '$.' });
    else if (next === 'first') onChange('coalesce($.userId, $.anonymousId)');
    else if (next === 'template') onChange({ '@template': '' });
    else if (next === 'fixed') onChange('');
  };
  return (
    <Stack gap={4} role="group" aria-label={title}>
      <Text size="sm" fw={500}>
        {title}
        {required && (
          <Text span c="var(--mantine-color-error)" aria-label="needed">
            {' '}
            *
          </Text>
        )}
        {title !== name && (
          <Text span size="xs" c="dimmed">
            {' '}
            {name}
          </Text>
        )}
      </Text>
      {description !== '' && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
      <Group gap="xs" align="flex-start">
        <Select
          aria-label={`${title}: where from`}
          w={170}
          data={Object.entries(ways).map(([one, label]) => ({ value: one, label }))}
          value={way}
          disabled={disabled}
          allowDeselect={false}
          onChange={choose}
        />
        {way === 'path' && (
          <Autocomplete
            flex="1 1 14rem"
            aria-label={`${title}: field of the event`}
            data={suggestions.map(({ path }) => `$.${path}`)}
            limit={30}
            value={directiveText(value, '@path')}
            disabled={disabled}
            description={seen(suggestions, directiveText(value, '@path'))}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            onChange={(path) => onChange({ '@path': path })}
          />
        )}
        {way === 'template' && (
          <TextInput
            flex="1 1 14rem"
            aria-label={`${title}: template`}
            placeholder="{{properties.first}} {{properties.last}}"
            value={directiveText(value, '@template')}
            disabled={disabled}
            onChange={({ currentTarget }) => onChange({ '@template': currentTarget.value })}
          />
        )}
        {way === 'first' && (
          <TextInput
            flex="1 1 14rem"
            aria-label={`${title}: first of these`}
            placeholder='coalesce($.userId, $.anonymousId, "nobody")'
            value={typeof value === 'string' ? value : ''}
            disabled={disabled}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          />
        )}
        {way === 'fixed' && (
          <TextInput
            flex="1 1 14rem"
            aria-label={`${title}: value`}
            value={
              typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
            }
            disabled={disabled}
            onChange={({ currentTarget }) => onChange(fixedValue(currentTarget.value, value))}
          />
        )}
        {way === 'json' && (
          <Stack flex="1 1 16rem">
            <JsonText
              label={`${title} as JSON`}
              value={value}
              disabled={disabled}
              minRows={2}
              onChange={onChange}
              onFault={onFault}
            />
          </Stack>
        )}
      </Group>
    </Stack>
  );
}

function wayOf(value: Json | undefined): Way {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string' && value.startsWith('$.')) return 'path';
  if (typeof value === 'string' && value.startsWith('coalesce(')) return 'first';
  if (!isObject(value)) return Array.isArray(value) ? 'json' : 'fixed';
  const [key, ...rest] = Object.keys(value);
  if (rest.length === 0 && key === '@path' && typeof value['@path'] === 'string') return 'path';
  if (rest.length === 0 && key === '@template' && typeof value['@template'] === 'string') return 'template';
  return 'json';
}

function directiveText(value: Json | undefined, directive: string): string {
  // A text that begins with $. is a path as well.
  const text = isObject(value) ? value[directive] : value;
  return typeof text === 'string' ? text : '';
}

/** What was a number or a switch stays one while the text still reads as one. */
function fixedValue(text: string, before: Json | undefined): Json {
  if (typeof before === 'number' && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text);
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function seen(suggestions: readonly EventField[], path: string): string | undefined {
  const values = suggestions.find((one) => `$.${one.path}` === path)?.values ?? [];
  return values.length === 0 ? undefined : `Lately: ${values.slice(0, 3).join(', ')}`;
}
