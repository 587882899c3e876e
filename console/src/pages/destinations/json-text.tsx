// JSON that is edited as text: handed on whenever it can be read, said at once when it cannot.
import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { isObject, parseJson } from './json.ts';
import type { Json, JsonObject } from './json.ts';

interface JsonTextProps<Value> {
  readonly label: string;
  readonly description?: string;
  readonly withAsterisk?: boolean;
  readonly value: Json | undefined;
  readonly onChange: (value: Value) => void;
  /** What is wrong with the text as it stands, and null once nothing is: while it is not null, `onChange` has not had it. */
  readonly onFault: (fault: string | null) => void;
  /** What is wrong with it otherwise; shown while the text itself can be read. */
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  readonly minRows?: number;
}

/** Of any value. Where it is `optional`, no text at all is undefined. */
export const JsonText = ({
  optional = false,
  ...props
}: JsonTextProps<Json | undefined> & { readonly optional?: boolean }) => (
  <Editor {...props} read={optional ? parseOptional : parseJson} />
);

/** Of an object; another value is a fault. */
export const JsonObjectText = (props: JsonTextProps<JsonObject>) => <Editor {...props} read={parseObject} />;

type Read<Value> = (text: string) => { readonly value: Value } | { readonly error: string };

function Editor<Value>({
  label,
  description = '',
  withAsterisk = false,
  value,
  onChange,
  onFault,
  error,
  disabled = false,
  minRows = 4,
  read,
}: JsonTextProps<Value> & { readonly read: Read<Value> }) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [touched, setTouched] = useState(false);
  const found = read(text);
  return (
    <Textarea
      label={label}
      {...(description !== '' && { description })}
      withAsterisk={withAsterisk}
      autosize
      minRows={minRows}
      maxRows={24}
      spellCheck={false}
      disabled={disabled}
      value={text}
      error={touched && 'error' in found ? found.error : error}
      styles={{
        input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' },
      }}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        setTouched(true);
        const next = read(currentTarget.value);
        if ('value' in next) onChange(next.value);
        onFault('error' in next ? next.error : null);
      }}
    />
  );
}

const parseOptional: Read<Json | undefined> = (text) => (text.trim() === '' ? { value: undefined } : parseJson(text));

const parseObject: Read<JsonObject> = (text) => {
  const parsed = parseJson(text);
  if ('error' in parsed) return parsed;
  return isObject(parsed.value) ? { value: parsed.value } : { error: 'This is JSON, but not an object: { … }.' };
};
