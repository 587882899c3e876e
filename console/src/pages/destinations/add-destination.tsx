// One kind's settings, filled in for a new destination.
import { useRef, useState } from 'react';
import { Anchor, Button, Group, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session.tsx';
import { kindQuery, useAddDestination } from './destination-queries.ts';
import type { Kind } from './destination-queries.ts';
import { fieldErrorsOf, isAtFields, useFocusOnFault } from './field-errors.ts';
import { useFormFaults } from './form-faults.ts';
import { KindLogo } from './kind-logo.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { defaultsOf, fieldsOf, missingFields } from './settings-schema.ts';
import { SourceChoice } from './source-choice.tsx';

export function AddDestination({ slug }: { readonly slug: string }) {
  const kind = useQuery(kindQuery(slug));
  const name = kind.data?.name ?? slug;
  return (
    <Page
      title={`Add ${name}`}
      actions={
        <Anchor component={Link} to="/destinations/new" size="sm">
          Back to the catalogue
        </Anchor>
      }
    >
      <QueryView query={kind}>{(loaded) => <AddForm kind={loaded} />}</QueryView>
    </Page>
  );
}

function AddForm({ kind }: { readonly kind: Kind }) {
  const mayEdit = useSession().can('edit');
  const navigate = useNavigate();
  const add = useAddDestination();
  const fields = fieldsOf(kind.settings);
  const [name, setName] = useState(kind.name);
  const [settings, setSettings] = useState(() => defaultsOf(fields));
  const [sourceIds, setSourceIds] = useState<readonly string[] | null>(null);
  const [startFrom, setStartFrom] = useState<string>('now');
  const [asked, setAsked] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const faults = useFormFaults();
  useFocusOnFault(form, add.error ?? asked);
  const missing = missingFields(fields, settings);
  const errors = { ...fieldErrorsOf(add.error), ...(asked > 0 && missing), ...faults.all };

  const submit = (): void => {
    setAsked(asked + 1);
    if (Object.keys({ ...missing, ...faults.all }).length > 0) return;
    add.mutate(
      {
        kind: kind.slug,
        name: name.trim() === '' ? kind.name : name,
        settings,
        sourceIds: sourceIds === null ? null : [...sourceIds],
        startFrom: startFrom === 'beginning' ? 'beginning' : 'now',
      },
      { onSuccess: ({ id }) => void navigate({ to: '/destinations/$id', params: { id } }) },
    );
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="lg" maw={640}>
        <Group wrap="nowrap" align="flex-start">
          <KindLogo name={kind.name} />
          <Stack gap={6}>
            {kind.description.split('\n\n').map((paragraph) => (
              <Text key={paragraph} size="sm" c="dimmed">
                {paragraph.replaceAll('`', '')}
              </Text>
            ))}
          </Stack>
        </Group>
        <TextInput
          label="Name"
          description="How you tell it from others."
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <SettingsFields
          fields={fields}
          values={settings}
          errors={errors}
          onChange={setSettings}
          onFault={faults.note}
          disabled={!mayEdit}
        />
        <Paper withBorder p="md">
          <Stack gap="md">
            <SourceChoice value={sourceIds} onChange={setSourceIds} disabled={!mayEdit} />
            <Stack gap={4}>
              <Text size="sm" fw={500}>
                Begin with
              </Text>
              <SegmentedControl
                aria-label="Begin with"
                data={[
                  { value: 'now', label: 'What comes next' },
                  { value: 'beginning', label: 'All that is stored' },
                ]}
                value={startFrom}
                onChange={setStartFrom}
              />
            </Stack>
          </Stack>
        </Paper>
        {add.error !== null && !isAtFields(add.error) && <ErrorNotice error={add.error} />}
        <Group>
          <Button type="submit" loading={add.isPending} disabled={!mayEdit}>
            Add destination
          </Button>
          {!mayEdit && (
            <Text size="sm" c="dimmed">
              An editor or owner can add it.
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}
