// The form that adds a key to a source: made here, or brought along.
import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { checkBroughtKey } from './brought-key.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { KeyClassChoice } from './key-class-choice.tsx';
import { needsPublicKey } from './source-kinds.ts';
import { useAddKey } from './source-queries.ts';
import type { Source, SourceKey } from './source-queries.ts';

interface AddKeyProps {
  readonly source: Source;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (key: SourceKey) => void;
}

export const AddKey = (props: AddKeyProps) => (
  <Modal opened={props.opened} onClose={props.onClose} title="Add key" closeButtonProps={{ 'aria-label': 'Close' }}>
    <AddKeyForm {...props} />
  </Modal>
);

function AddKeyForm({ source, onClose, onMade }: AddKeyProps) {
  const add = useAddKey(source.id);
  const form = useForm({
    initialValues: { from: 'made', class: 'public' as 'public' | 'secret', key: '' },
    validate: { key: (key, { from }) => (from === 'brought' ? checkBroughtKey(key) : null) },
  });
  const brought = form.values.from === 'brought';
  const submit = form.onSubmit((values) =>
    add.mutate(brought ? { key: values.key, class: 'public' } : { class: values.class }, {
      onSuccess: (made) => {
        onClose();
        onMade(made);
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <SegmentedControl
          aria-label="Where the key comes from"
          data={[
            { value: 'made', label: 'Make one' },
            { value: 'brought', label: 'Bring one along' },
          ]}
          {...form.getInputProps('from')}
        />
        {brought ? (
          <TextInput
            label="Key brought along"
            description="Taken exactly as it is, so that clients need only a new host. 16 to 256 characters; one that begins with ak_ counts as secret."
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('key')}
          />
        ) : (
          <KeyClassChoice {...form.getInputProps('class')} />
        )}
        {!brought && form.values.class === 'secret' && needsPublicKey(source.kind) && (
          <Text size="sm" c="orange.8">
            Clients of websites and apps refuse secret keys; use this one on a server.
          </Text>
        )}
        {add.error && <ErrorNotice error={add.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
