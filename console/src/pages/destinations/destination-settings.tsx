// What a destination is called, where it takes events from, how it reaches the other side; and its end.
import { useRef, useState } from 'react';
import { Button, Divider, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSession } from '../../session.tsx';
import { TestConnection } from './destination-overview.tsx';
import { useChangeDestination, useDeleteDestination, workspaceId } from './destination-queries.ts';
import type { Destination, Kind } from './destination-queries.ts';
import { fieldErrorsOf, isAtFields, useFocusOnFault } from './field-errors.ts';
import { useFormFaults } from './form-faults.ts';
import { isObject } from './json.ts';
import { SettingsFields } from './settings-fields.tsx';
import { defaultsOf, fieldsOf, missingFields } from './settings-schema.ts';
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
  const [name, setName] = useState(destination.name);
  const [sourceIds, setSourceIds] = useState<readonly string[] | null>(destination.sourceIds);
  const [settings, setSettings] = useState(() => withDefaults(defaultsOf(fields), destination.settings));
  const [saved, setSaved] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const faults = useFormFaults();
  const [asked, setAsked] = useState(0);
  useFocusOnFault(form, change.error ?? asked);
  const missing = missingFields(fields, settings);
  const errors = { ...fieldErrorsOf(change.error), ...(asked > 0 && missing), ...faults.all };

  return (
    <Stack gap="lg" maw={640}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(asked + 1);
          if (Object.keys({ ...missing, ...faults.all }).length > 0) return;
          change.mutate(
            {
              name,
              sourceIds: sourceIds === null ? null : [...sourceIds],
              ...(id !== workspaceId && { settings }),
            },
            {
              onSuccess: (stored) => {
                // What was typed as a secret is forgotten here, too.
                setSettings(withDefaults(defaultsOf(fields), stored.settings));
                setSaved(saved + 1);
              },
            },
          );
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            value={name}
            disabled={!mayEdit}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <SourceChoice value={sourceIds} onChange={setSourceIds} disabled={!mayEdit} />
          <SettingsFields
            key={saved}
            fields={fields}
            values={settings}
            errors={errors}
            onChange={setSettings}
            onFault={faults.note}
            disabled={!mayEdit}
          />
          {change.error && !isAtFields(change.error) && <ErrorNotice error={change.error} />}
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!mayEdit}>
              Save settings
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {saved > 0 && change.isSuccess ? 'Saved.' : 'What waits is sent with the new settings.'}
            </Text>
          </Group>
        </Stack>
      </form>
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

/** What is stored, over the defaults, one level of groups deep. */
const withDefaults = (defaults: Destination['settings'], stored: Destination['settings']): Destination['settings'] =>
  Object.fromEntries(
    [...new Set([...Object.keys(defaults), ...Object.keys(stored)])].map((key) => {
      const [own, other] = [stored[key], defaults[key]];
      return [key, isObject(own) && isObject(other) ? { ...other, ...own } : (own ?? other)];
    }),
  );
