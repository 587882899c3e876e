// JSON that is edited as text: handed on whenever it can be read, said at once when it cannot.
import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { parseJson } from './json.ts';
import type { Json } from './json.ts';

interface JsonTextProps {
  readonly label: string;
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
  readonly disabled?: boolean;
  readonly minRows?: number;
}

export function JsonText({ label, value, onChange, disabled = false, minRows = 4 }: JsonTextProps) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const parsed = parseJson(text);
  return (
    <Textarea
      label={label}
      autosize
      minRows={minRows}
      maxRows={24}
      spellCheck={false}
      disabled={disabled}
      value={text}
      error={'error' in parsed && text !== '' ? parsed.error : undefined}
      styles={{
        input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' },
      }}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const next = parseJson(currentTarget.value);
        if ('value' in next) onChange(next.value);
      }}
    />
  );
}
