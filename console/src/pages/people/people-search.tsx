// The search form of the people page: by identifier as it is typed, by attribute on Enter, since that one is a scan.
import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { SearchState } from '../events/search-state.ts';

interface PeopleSearchProps {
  readonly search: SearchState;
  readonly onSearch: (change: SearchState) => void;
}

const modes = [
  { value: 'identifier', label: 'By identifier' },
  { value: 'attribute', label: 'By attribute' },
];

export function PeopleSearch({ search, onSearch }: PeopleSearchProps) {
  const [mode, setMode] = useState(search['attribute'] === undefined ? 'identifier' : 'attribute');
  const choose = (next: string): void => {
    setMode(next);
    onSearch({ query: undefined, attribute: undefined, value: undefined });
  };
  return (
    <Stack gap="sm" mb="md">
      <SegmentedControl
        data={modes}
        value={mode}
        onChange={choose}
        size="xs"
        w="fit-content"
        aria-label="Search people"
      />
      {mode === 'identifier' ? (
        <ByIdentifier search={search} onSearch={onSearch} />
      ) : (
        <ByAttribute search={search} onSearch={onSearch} />
      )}
    </Stack>
  );
}

function ByIdentifier({ search, onSearch }: PeopleSearchProps) {
  const [text, setText] = useState(search['query'] ?? '');
  const later = useDebouncedCallback((query: string) => onSearch({ query }), 200);
  return (
    <TextInput
      label="Find a person"
      description="The beginning of an id or email, or the whole of a phone, anonymous id or cio_ id."
      placeholder="ada@example.com"
      leftSection={<IconSearch size={16} aria-hidden />}
      type="search"
      maw={520}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        later(currentTarget.value.trim());
      }}
    />
  );
}

function ByAttribute({ search, onSearch }: PeopleSearchProps) {
  const [name, setName] = useState(search['attribute'] ?? '');
  const [value, setValue] = useState(search['value'] ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSearch({ attribute: name.trim(), value });
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Attribute"
          placeholder="plan"
          required
          withAsterisk={false}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label="Value (empty: any)"
          placeholder="pro"
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
          Search
        </Button>
      </Group>
    </form>
  );
}
