// What an action makes of an event: each field from the event, a template, a fixed value or a directive, or the whole
// as JSON; with the request that comes of it, live.
import { useState } from 'react';
import { Autocomplete, Box, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { JsonObjectText } from './json-text.tsx';
import type { Action, KindAction } from './destination-queries.ts';
import { useEventFields } from './event-fields.ts';
import type { FormFaults } from './form-faults.ts';
import type { Json, JsonObject } from './json.ts';
import { MappingField } from './mapping-field.tsx';
import { RequestPreview } from './request-preview.tsx';
import { fieldsOf } from './settings-schema.ts';
import type { SettingField } from './settings-schema.ts';

interface MappingEditorProps {
  readonly destinationId: string;
  readonly action: Action;
  readonly model: KindAction | null;
  readonly disabled: boolean;
  readonly onChange: (mapping: JsonObject) => void;
  /** What of it is written as JSON and cannot be read. */
  readonly faults: FormFaults;
}

/** A directive at the top makes the whole payload; it has no fields of its own. */
export const isWhole = (mapping: JsonObject): boolean => Object.keys(mapping).some((key) => key.startsWith('@'));

export function MappingEditor({ destinationId, action, model, disabled, onChange, faults }: MappingEditorProps) {
  const { mapping } = action;
  const whole = isWhole(mapping);
  const [asJson, setAsJson] = useState(whole);
  const known = model ? fieldsOf(model.fields) : [];
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Box flex="1 1 12rem">
          <Text fw={600}>Mapping</Text>
          <Text size="sm" c="dimmed">
            What is made of the event.
          </Text>
        </Box>
        <SegmentedControl
          size="xs"
          aria-label="Mapping: edit as"
          value={asJson ? 'json' : 'fields'}
          onChange={(next) => {
            // The text that could not be read goes with its editor.
            faults.forget();
            setAsJson(next === 'json');
          }}
          data={[
            { value: 'fields', label: 'Fields', disabled: whole },
            { value: 'json', label: 'JSON' },
          ]}
        />
      </Group>
      {asJson ? (
        <JsonObjectText
          label="Mapping as JSON"
          value={mapping}
          disabled={disabled}
          onChange={onChange}
          onFault={(fault) => faults.note('Mapping', fault)}
        />
      ) : (
        <MappingFields known={known} mapping={mapping} disabled={disabled} onChange={onChange} onFault={faults.note} />
      )}
      <RequestPreview destinationId={destinationId} action={action} />
    </Stack>
  );
}

interface MappingFieldsProps {
  readonly known: readonly SettingField[];
  readonly mapping: JsonObject;
  readonly disabled: boolean;
  readonly onChange: (mapping: JsonObject) => void;
  readonly onFault: FormFaults['note'];
}

/** Fields that are filled or needed are shown; the others are a long list with some kinds, and added one by one. */
function MappingFields({ known, mapping, disabled, onChange, onFault }: MappingFieldsProps) {
  const suggestions = useEventFields();
  const [added, setAdded] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState('');
  const extra: readonly SettingField[] = [...Object.keys(mapping), ...added]
    .filter((name, index, all) => all.indexOf(name) === index && !known.some((field) => field.name === name))
    .filter((name) => !name.startsWith('__'))
    .map((name) => ({ name, title: name, description: '', required: false, schema: {}, control: { kind: 'json' } }));
  const isShown = ({ name, required }: SettingField): boolean =>
    required || mapping[name] !== undefined || added.includes(name) || known.length <= 6;
  const hidden = known.filter((field) => !isShown(field));
  const set = (name: string, value: Json | undefined): void => {
    const { [name]: _, ...rest } = mapping;
    onChange(value === undefined ? rest : { ...mapping, [name]: value });
  };
  const add = (): void => {
    const typed = adding.trim();
    const name = hidden.find(({ title }) => title === typed)?.name ?? typed;
    if (name !== '') setAdded([...added, name]);
    setAdding('');
  };
  return (
    <Stack gap="md">
      {[...known.filter(isShown), ...extra].map((field) => (
        <MappingField
          key={field.name}
          field={field}
          value={mapping[field.name]}
          suggestions={suggestions}
          disabled={disabled}
          onChange={(value) => {
            if (value === undefined && !added.includes(field.name)) setAdded([...added, field.name]);
            set(field.name, value);
          }}
          onFault={(fault) => onFault(field.title, fault)}
        />
      ))}
      <Group align="flex-end" gap="xs">
        <Autocomplete
          label="Another field"
          placeholder={hidden.length > 0 ? `${hidden.length} more are known` : 'Its name'}
          data={[...new Set(hidden.map(({ title }) => title))]}
          value={adding}
          disabled={disabled}
          onChange={setAdding}
          maw={320}
          flex={1}
        />
        <Button variant="default" disabled={disabled || adding.trim() === ''} onClick={add}>
          Add field
        </Button>
      </Group>
    </Stack>
  );
}
