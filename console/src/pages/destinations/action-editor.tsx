// One action: its name, which events it takes, what it makes of them; stored all at once.
import { useState } from 'react';
import { Button, Group, Paper, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSession } from '../../session.tsx';
import { useSetActions } from './destination-queries.ts';
import type { Action, Destination, KindAction } from './destination-queries.ts';
import { draftId } from './draft-action.ts';
import { useFormFaults } from './form-faults.ts';
import type { JsonObject } from './json.ts';
import { isWhole, MappingEditor } from './mapping-editor.tsx';
import { MappingSuggestions } from './mapping-suggestions.tsx';
import { TriggerEditor } from './trigger-editor.tsx';

interface ActionEditorProps {
  readonly destination: Destination;
  readonly action: Action;
  /** How its kind describes it; null when the kind is not installed. */
  readonly model: KindAction | null;
  readonly onClose: () => void;
}

export function ActionEditor({ destination, action, model, onClose }: ActionEditorProps) {
  const mayEdit = useSession().can('edit');
  const save = useSetActions(destination.id);
  const [draft, setDraft] = useState(action);
  const faults = useFormFaults();
  const [fault] = Object.entries(faults.all);
  const isNew = action.id === draftId;
  const others = destination.actions.filter(({ id }) => id !== action.id);
  /** The editors begin anew with what was filled in. */
  const [filled, setFilled] = useState(0);
  const fill = ({ fields, trigger }: { readonly fields: JsonObject; readonly trigger: string | null }): void => {
    faults.forget();
    setDraft({ ...draft, mapping: { ...draft.mapping, ...fields }, ...(trigger !== null && { trigger }) });
    setFilled(filled + 1);
  };
  const submit = (): void => {
    const { id: _, ...fresh } = draft;
    const next = isNew
      ? [...destination.actions, fresh]
      : destination.actions.map((one) => (one.id === action.id ? draft : one));
    save.mutate(next, { onSuccess: onClose });
  };
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end">
        <Stack gap={4} flex="1 1 16rem">
          <Title order={2} size="h4">
            {isNew ? `New action: ${action.name}` : action.name}
          </Title>
          {model && (
            <Text size="sm" c="dimmed">
              {model.description}
            </Text>
          )}
        </Stack>
        <Button variant="default" onClick={onClose}>
          Back to actions
        </Button>
      </Group>
      <Group align="flex-end">
        <TextInput
          label="Name"
          flex="1 1 16rem"
          value={draft.name}
          disabled={!mayEdit}
          onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
        />
        <Switch
          label="On"
          mb={8}
          checked={draft.enabled}
          disabled={!mayEdit}
          onChange={({ currentTarget }) => setDraft({ ...draft, enabled: currentTarget.checked })}
        />
      </Group>
      {model && mayEdit && !isWhole(draft.mapping) && (
        <MappingSuggestions kind={destination.kind} model={model} onTake={fill} />
      )}
      <Paper withBorder p="md">
        <TriggerEditor
          key={filled}
          label="Trigger"
          description="Which events this action takes."
          value={draft.trigger}
          disabled={!mayEdit}
          onChange={(trigger) => setDraft((before) => ({ ...before, trigger }))}
        />
      </Paper>
      <Paper withBorder p="md">
        <MappingEditor
          key={filled}
          destinationId={destination.id}
          action={draft}
          model={model}
          disabled={!mayEdit}
          onChange={(mapping) => setDraft((before) => ({ ...before, mapping }))}
          faults={faults}
        />
      </Paper>
      {fault && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          It can be saved once this is mended: {fault[0]}. {fault[1]}
        </Text>
      )}
      {save.error && <ErrorNotice error={save.error} />}
      <Group>
        <Button loading={save.isPending} disabled={!mayEdit || fault !== undefined} onClick={submit}>
          Save action
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {!isNew && (
          <ConfirmButton
            ml="auto"
            title="Delete action"
            message={`${action.name} is carried out no more. What it sent stays sent.`}
            confirmLabel="Delete"
            disabled={!mayEdit}
            onConfirm={async () => {
              await save.mutateAsync(others);
              onClose();
            }}
          />
        )}
      </Group>
    </Stack>
  );
}
