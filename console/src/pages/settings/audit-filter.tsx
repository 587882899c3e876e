// What of the audit log is wanted: who, what, when. It stands in the address, to be sent to a colleague.
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { optionsFault } from '../../components/options-fault.ts';
import { actionOptions } from './audit-words.ts';
import { auditTermsQuery } from './settings-queries.ts';
import type { AuditFilter } from './audit-search.ts';

interface AuditFilterProps {
  readonly filter: AuditFilter;
  /** Null takes a part away. */
  readonly onChange: (change: { readonly [part in keyof AuditFilter]: string | null }) => void;
}

export function AuditFilterForm({ filter, onChange }: AuditFilterProps) {
  const terms = useQuery(auditTermsQuery);
  const { actors, actions } = terms.data ?? { actors: [], actions: [] };
  const fault = optionsFault(terms);
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label="Who"
        placeholder="Anybody"
        data={[...actors]}
        error={fault}
        value={filter.actor ?? null}
        onChange={(actor) => onChange({ actor })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Anybody' }}
        flex="1 1 180px"
        maw={260}
      />
      <Select
        label="What"
        placeholder="Anything"
        data={actionOptions(actions)}
        error={fault}
        value={filter.action ?? null}
        onChange={(action) => onChange({ action })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Anything' }}
        flex="1 1 180px"
        maw={260}
      />
      <TextInput
        type="datetime-local"
        label="After"
        value={filter.after ?? ''}
        onChange={({ currentTarget }) => onChange({ after: currentTarget.value || null })}
        flex="1 1 180px"
        maw={230}
      />
      <TextInput
        type="datetime-local"
        label="Before"
        value={filter.before ?? ''}
        onChange={({ currentTarget }) => onChange({ before: currentTarget.value || null })}
        flex="1 1 180px"
        maw={230}
      />
      {Object.keys(filter).length > 0 && (
        <Button
          variant="default"
          onClick={() => onChange({ actor: null, action: null, after: null, before: null, subject: null })}
        >
          Show everything
        </Button>
      )}
    </Group>
  );
}
