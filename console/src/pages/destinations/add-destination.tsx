// One kind's settings, filled in for a new destination.
import { useState } from 'react';
import { Anchor, Button, Group, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session.tsx';
import { FormFrame, KindSettings, Refusal, useDestinationForm } from './destination-form.tsx';
import { kindQuery, useAddDestination } from './destination-queries.ts';
import type { Kind } from './destination-queries.ts';
import { KindLogo } from './kind-logo.tsx';
import { defaultsOf, fieldsOf } from './settings-schema.ts';
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
  const form = useDestinationForm(
    fields,
    () => ({ name: kind.name, settings: defaultsOf(fields), sourceIds: null }),
    add.error,
  );
  const { name, settings, sourceIds } = form.values;
  const [startFrom, setStartFrom] = useState<string>('now');

  const submit = (): void =>
    add.mutate(
      {
        kind: kind.slug,
        name: name.trim() === '' ? kind.name : name,
        settings,
        sourceIds,
        startFrom: startFrom === 'beginning' ? 'beginning' : 'now',
      },
      { onSuccess: ({ id }) => void navigate({ to: '/destinations/$id', params: { id } }) },
    );

  return (
    <FormFrame form={form} onSubmit={submit}>
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
          onChange={({ currentTarget }) => form.change({ name: currentTarget.value })}
        />
        <KindSettings form={form} disabled={!mayEdit} />
        <Paper withBorder p="md">
          <Stack gap="md">
            <SourceChoice
              value={sourceIds}
              onChange={(chosen) => form.change({ sourceIds: chosen })}
              disabled={!mayEdit}
            />
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
        <Refusal form={form} />
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
    </FormFrame>
  );
}
