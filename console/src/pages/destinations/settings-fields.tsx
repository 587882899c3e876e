// The form of a destination's settings, made from its kind's definition. Secrets can be set but are never shown.
import type { ReactNode } from 'react';
import {
  Accordion,
  Fieldset,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { durationInWords } from './duration-in-words.ts';
import { PairsInput } from './pairs-input.tsx';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { JsonText } from './json-text.tsx';
import { storedSecret } from './settings-schema.ts';
import type { FieldErrors, SettingField } from './settings-schema.ts';

interface SettingsFieldsProps {
  readonly fields: readonly SettingField[];
  readonly values: JsonObject;
  readonly errors: FieldErrors;
  readonly onChange: (values: JsonObject) => void;
  /** What is wrong with the text of the field at a path, and null once nothing is: meanwhile `values` do not have it. */
  readonly onFault: (path: string, fault: string | null) => void;
  readonly disabled?: boolean;
  /** @default 'settings' */
  readonly path?: string;
}

export function SettingsFields({
  fields,
  values,
  errors,
  onChange,
  onFault,
  disabled = false,
  path = 'settings',
}: SettingsFieldsProps) {
  const set = (name: string, value: Json | undefined): void => {
    const { [name]: _, ...rest } = values;
    onChange(value === undefined ? rest : { ...values, [name]: value });
  };
  return (
    <Stack gap="md">
      {fields.map((field) => (
        <SettingInput
          key={field.name}
          field={field}
          value={values[field.name]}
          errors={errors}
          path={`${path}.${field.name}`}
          disabled={disabled}
          onChange={(value) => set(field.name, value)}
          onFault={onFault}
        />
      ))}
    </Stack>
  );
}

interface SettingInputProps {
  readonly field: SettingField;
  readonly value: Json | undefined;
  readonly errors: FieldErrors;
  readonly path: string;
  readonly disabled: boolean;
  readonly onChange: (value: Json | undefined) => void;
  readonly onFault: (path: string, fault: string | null) => void;
}

function SettingInput({ field, value, errors, path, disabled, onChange, onFault }: SettingInputProps) {
  const { title, description, required, control } = field;
  const common = { label: title, description, withAsterisk: required, disabled, error: errorAt(errors, path) };
  const text = typeof value === 'string' ? value : '';
  switch (control.kind) {
    case 'secret':
      return (
        <PasswordInput
          {...common}
          value={text === storedSecret ? '' : text}
          placeholder={text === storedSecret ? 'Stored. Type to replace it.' : ''}
          autoComplete="off"
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={[...control.choices]}
          value={text === '' ? null : text}
          allowDeselect={!required}
          onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      );
    case 'switch': {
      const { withAsterisk: _, ...rest } = common;
      return (
        <Switch {...rest} checked={value === true} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      );
    }
    case 'number':
      return (
        <NumberInput
          {...common}
          {...(field.name.endsWith('Ms') && typeof value === 'number' && { description: inWords(description, value) })}
          value={typeof value === 'number' ? value : ''}
          allowDecimal={!control.whole}
          thousandSeparator=","
          {...(control.min !== null && { min: control.min })}
          {...(control.max !== null && { max: control.max })}
          onChange={(typed) => onChange(typeof typed === 'number' ? typed : undefined)}
        />
      );
    case 'list':
      return (
        <TagsInput
          {...common}
          value={Array.isArray(value) ? value.map(String) : []}
          placeholder="Type one and press Enter"
          acceptValueOnBlur
          onChange={(list) => onChange(list)}
        />
      );
    case 'pairs':
      return (
        <PairsInput
          {...common}
          secret={control.secret}
          value={isObject(value) ? value : {}}
          onChange={onChange}
          onFault={(fault) => onFault(path, fault)}
        />
      );
    case 'group':
      return (
        <GroupFields field={field} path={path} errors={errors}>
          <SettingsFields
            fields={control.fields}
            values={isObject(value) ? value : {}}
            errors={errors}
            path={path}
            disabled={disabled}
            onChange={onChange}
            onFault={onFault}
          />
        </GroupFields>
      );
    case 'json':
      return (
        <JsonText
          {...common}
          value={value}
          optional={!required}
          minRows={3}
          onChange={onChange}
          onFault={(fault) => onFault(path, fault)}
        />
      );
    case 'text':
      return (
        <TextInput
          {...common}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
        />
      );
    default:
      return control satisfies never;
  }
}

/** Delivery is the same everywhere and rarely changed, so it is folded away until one of its fields is at fault. */
function GroupFields({
  field,
  path,
  errors,
  children,
}: {
  readonly field: SettingField;
  readonly path: string;
  readonly errors: FieldErrors;
  readonly children: ReactNode;
}) {
  if (path !== 'settings.delivery') return <Fieldset legend={field.title}>{children}</Fieldset>;
  const faulty = Object.keys(errors).some((at) => at.startsWith(`${path}.`));
  return (
    <Accordion variant="contained" {...(faulty && { value: 'delivery' })}>
      <Accordion.Item value="delivery">
        <Accordion.Control>{field.title}: retries, rate, concurrency and order</Accordion.Control>
        <Accordion.Panel>{children}</Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

/** The description of a setting in milliseconds, with what its value is in units that people read. */
const inWords = (description: string, ms: number): string => `${description} Now ${durationInWords(ms)}.`.trim();

/** Of the field itself, or of something within it that has no place of its own. */
const errorAt = (errors: FieldErrors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([at]) => at.startsWith(`${path}.`))?.[1];
