// Names with a value each, such as headers; rows are added and taken away.
import { useState } from 'react';
import { ActionIcon, Button, Group, Input, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { JsonObject } from './json.ts';
import { storedSecret } from './settings-schema.ts';

interface PairsInputProps {
  readonly label: string;
  readonly description: string;
  readonly withAsterisk: boolean;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly secret: boolean;
  readonly value: JsonObject;
  readonly onChange: (value: JsonObject) => void;
  /** What the rows say that an object cannot, and null once there is nothing. */
  readonly onFault: (fault: string | null) => void;
}
type Pair = readonly [name: string, value: string];

export function PairsInput({ secret, value, onChange, onFault, disabled, error, ...wrapper }: PairsInputProps) {
  // Rows live here: a row without a name yet has no place in the object.
  const [pairs, setPairs] = useState<readonly Pair[]>(() =>
    Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? one : '']),
  );
  const change = (next: readonly Pair[]): void => {
    setPairs(next);
    onChange(Object.fromEntries(next.filter(([name]) => name !== '')));
    onFault(faultOf(next));
  };
  const replace = (index: number, pair: Pair): void => change(pairs.map((one, at) => (at === index ? pair : one)));
  const fault = faultOf(pairs);
  const ValueInput = secret ? PasswordInput : TextInput;
  return (
    <Input.Wrapper {...wrapper} error={fault ?? error} labelElement="div">
      <Stack gap="xs" mt={4}>
        {pairs.map(([name, one], index) => (
          // Rows have no identity but their place.
          <Group key={index} gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={`${wrapper.label}: name ${index + 1}`}
              placeholder="Name"
              disabled={disabled}
              error={isAtFault(pairs, index)}
              value={name}
              onChange={({ currentTarget }) => replace(index, [currentTarget.value, one])}
            />
            <ValueInput
              flex={2}
              aria-label={`${wrapper.label}: value ${index + 1}`}
              placeholder={one === storedSecret ? 'Stored. Type to replace it.' : 'Value'}
              autoComplete="off"
              disabled={disabled}
              value={one === storedSecret ? '' : one}
              onChange={({ currentTarget }) => replace(index, [name, currentTarget.value])}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={disabled}
              aria-label={`Remove ${name === '' ? 'this row' : name}`}
              onClick={() => change(pairs.filter((_, at) => at !== index))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button size="compact-sm" variant="default" disabled={disabled} onClick={() => change([...pairs, ['', '']])}>
            Add one
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

/** A value without a name, or a name that an earlier row has: it would be lost. */
function isAtFault(pairs: readonly Pair[], index: number): boolean {
  const [name, value] = pairs[index] ?? ['', ''];
  return name === '' ? value !== '' : pairs.findIndex(([other]) => other === name) < index;
}

function faultOf(pairs: readonly Pair[]): string | null {
  const at = pairs.findIndex((_, index) => isAtFault(pairs, index));
  if (at < 0) return null;
  const name = pairs[at]?.[0] ?? '';
  return name === '' ? `Row ${at + 1} has a value but no name.` : `Row ${at + 1} repeats the name ${name}.`;
}
