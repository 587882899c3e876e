// What a destination is called, where it takes events from, how it reaches the other side; and its end.
import { useState } from 'react';
import { Button, Divider, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useSession } from '../../session.tsx';
import { FormFrame, KindSettings, Refusal, useDestinationForm } from './destination-form.tsx';
import type { DestinationValues } from './destination-form.tsx';
import { TestConnection } from './destination-overview.tsx';
import { useChangeDestination, useDeleteDestination, workspaceId } from './destination-queries.ts';
import type { Destination, Kind } from './destination-queries.ts';
import { isObject } from './json.ts';
import { defaultsOf, fieldsOf } from './settings-schema.ts';
import type { SettingField } from './settings-schema.ts';
import { SourceChoice } from './source-choice.tsx';

interface DestinationSettingsProps {
  readonly destination: Destination;
  readonly kind: Kind;
}

export function DestinationSettings({ destination, kind }: DestinationSettingsProps) {
  const { id } = destination;
  const mayEdit = useSession().can('edit');
  const navigate = useNavigate();
  const change = useChangeDestination(id);
  const remove = useDeleteDestination(id);
  const fields = id === workspaceId ? [] : fieldsOf(kind.settings);
  const form = useDestinationForm(fields, () => valuesOf(destination, fields), change.error);
  const { name, settings, sourceIds } = form.values;
  const [saved, setSaved] = useState(0);
  const save = (): void =>
    change.mutate(
      { name, sourceIds, ...(id !== workspaceId && { settings }) },
      {
        onSuccess: (stored) => {
          // What was typed as a secret is forgotten here, too.
          form.change({ settings: valuesOf(stored, fields).settings });
          setSaved(saved + 1);
        },
      },
    );

  return (
    <Stack gap="lg" maw={640}>
      <FormFrame form={form} onSubmit={save}>
        <Stack gap="md">
          <TextInput
            label="Name"
            value={name}
            disabled={!mayEdit}
            onChange={({ currentTarget }) => form.change({ name: currentTarget.value })}
          />
          <SourceChoice
            value={sourceIds}
            onChange={(chosen) => form.change({ sourceIds: chosen })}
            disabled={!mayEdit}
          />
          <KindSettings key={saved} form={form} disabled={!mayEdit} />
          <Refusal form={form} />
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!mayEdit}>
              Save settings
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {saved > 0 && change.isSuccess ? 'Saved.' : 'What waits is sent with the new settings.'}
            </Text>
          </Group>
        </Stack>
      </FormFrame>
      {id !== workspaceId && (
        <>
          <TestConnection destination={destination} />
          <Divider />
          <Group justify="space-between">
            <Text size="sm" c="dimmed" flex="1 1 16rem">
              Deleting ends deliveries for good. To pause them, switch the destination off.
            </Text>
            <ConfirmButton
              title="Delete destination"
              message={`${destination.name} gets nothing more. Its actions, counts and ${destination.state?.deadLetters ?? 0} dead letters go with it; the events stay in the log.`}
              confirmLabel="Delete"
              disabled={!mayEdit}
              onConfirm={async () => {
                await remove.mutateAsync(undefined);
                await navigate({ to: '/destinations' });
              }}
            />
          </Group>
        </>
      )}
    </Stack>
  );
}

const valuesOf = (
  { name, sourceIds, settings }: DestinationValues,
  fields: readonly SettingField[],
): DestinationValues => ({ name, sourceIds, settings: withDefaults(defaultsOf(fields), settings) });

/** What is stored, over the defaults, one level of groups deep. */
const withDefaults = (defaults: Destination['settings'], stored: Destination['settings']): Destination['settings'] =>
  Object.fromEntries(
    [...new Set([...Object.keys(defaults), ...Object.keys(stored)])].map((key) => {
      const [own, other] = [stored[key], defaults[key]];
      return [key, isObject(own) && isObject(other) ? { ...other, ...own } : (own ?? other)];
    }),
  );
