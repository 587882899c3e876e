// Settings of a source: name, kind, library, whether it is on, whether it is strict; and deleting it.
import { Button, Group, Paper, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useSession } from '../../session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { familyOptions, kindInfo, kindOptions } from './source-kinds.ts';
import { useChangeSource, useDeleteSource } from './source-queries.ts';
import type { Source } from './source-queries.ts';

export function SourceSettings({ source }: { readonly source: Source }) {
  const mayEdit = useSession().can('edit');
  const change = useChangeSource(source.id);
  const { name, kind, family, enabled, strict } = source;
  const form = useForm({
    initialValues: { name, kind, family, enabled, strict },
    validate: { name: (value) => (value.trim() === '' ? 'A source needs a name.' : null) },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(
      { ...values, name: values.name.trim() },
      {
        onSuccess: () => {
          form.resetDirty();
          notifications.show({ message: 'Settings saved.', color: 'green' });
        },
      },
    ),
  );
  return (
    <Stack gap="lg" maw={640}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {!mayEdit && (
            <Text size="sm" c="dimmed">
              You can look at these; an editor or owner can change them.
            </Text>
          )}
          <TextInput label="Name" maxLength={200} readOnly={!mayEdit} {...form.getInputProps('name')} />
          <Select
            label="What sends"
            description={kindInfo[form.values.kind].hint}
            data={kindOptions}
            allowDeselect={false}
            disabled={!mayEdit}
            {...form.getInputProps('kind')}
          />
          <Select
            label="Client library"
            description="Decides the settings that browsers and apps are given."
            data={familyOptions.map((option) => ({ ...option }))}
            allowDeselect={false}
            disabled={!mayEdit}
            {...form.getInputProps('family')}
          />
          <Switch
            label="Takes calls"
            description="Off: its calls are not taken; each is listed under Not taken. Its keys stay its own."
            disabled={!mayEdit}
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
          <Switch
            label="Strict"
            description="On: a bad call is answered 400 with the reason. Off: it is answered 200, as clients expect, and listed under Not taken. Several clients send a refused batch again and again, so turn this on for development."
            disabled={!mayEdit}
            {...form.getInputProps('strict', { type: 'checkbox' })}
          />
          {change.error && <ErrorNotice error={change.error} />}
          {mayEdit && (
            <Group>
              <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
                Save settings
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      {mayEdit && <DeleteSource source={source} />}
    </Stack>
  );
}

function DeleteSource({ source }: { readonly source: Source }) {
  const remove = useDeleteSource(source.id);
  const navigate = useNavigate();
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Delete this source">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h5">
          Delete this source
        </Title>
        <Text size="sm" c="dimmed">
          Its keys open nothing from then on. Events that it sent stay in the log.
        </Text>
        <ConfirmButton
          title={`Delete ${source.name}?`}
          message="Clients that still use its keys will no longer be heard. This cannot be undone; disabling it can."
          confirmLabel="Delete source"
          onConfirm={async () => {
            await remove.mutateAsync();
            await navigate({ to: '/sources' });
          }}
        >
          Delete source
        </ConfirmButton>
      </Stack>
    </Paper>
  );
}
