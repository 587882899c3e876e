// The filter that search and live tail share; what is typed takes effect shortly after.
import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { callTypes } from './call-type.tsx';
import { useNames } from './names.ts';
import type { Query } from './pages-of.ts';
import type { SearchState } from './search-state.ts';

export interface EventFilterProps {
  readonly search: SearchState;
  readonly onSearch: (change: SearchState) => void;
}

const fields = ['source', 'type', 'name', 'user'] as const;

/** The filter as the control API takes it. */
export const toQuery = (search: SearchState): Query =>
  Object.fromEntries(fields.flatMap((field) => (search[field] === undefined ? [] : [[field, search[field]]])));

export function EventFilter({ search, onSearch }: EventFilterProps) {
  const { sources, fault } = useNames();
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label="Source"
        placeholder="Any"
        clearable
        data={sources.map(({ id, name }) => ({ value: id, label: name }))}
        error={fault}
        value={search['source'] ?? null}
        onChange={(source) => onSearch({ source: source ?? undefined })}
        flex="1 1 150px"
        maw={220}
      />
      <Select
        label="Type"
        placeholder="Any"
        clearable
        data={[...callTypes]}
        value={search['type'] ?? null}
        onChange={(type) => onSearch({ type: type ?? undefined })}
        flex="1 1 110px"
        maw={150}
      />
      <Typed
        field="name"
        label="Event or page name"
        placeholder="Order Completed"
        search={search}
        onSearch={onSearch}
      />
      <Typed field="user" label="User or anonymous id" placeholder="user-42" search={search} onSearch={onSearch} />
    </Group>
  );
}

interface TypedProps extends EventFilterProps {
  readonly field: string;
  readonly label: string;
  readonly placeholder: string;
}

function Typed({ field, label, placeholder, search, onSearch }: TypedProps) {
  const [text, setText] = useState(search[field] ?? '');
  const later = useDebouncedCallback((value: string) => onSearch({ [field]: value }), 300);
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        later(currentTarget.value.trim());
      }}
      flex="1 1 150px"
      maw={220}
    />
  );
}
