// The form that adds a source, with a key made here or brought along.
import { useState } from 'react';
import {
  Button,
  Collapse,
  Modal,
  Group,
  Select,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Input,
  Anchor,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { KeyClassChoice } from './key-class-choice.tsx';
import { familyOptions, kindInfo, kindOptions, needsPublicKey } from './source-kinds.ts';
import { useAddSource } from './source-queries.ts';
import type { Source, SourceKind } from './source-queries.ts';
import { checkBroughtKey } from './brought-key.ts';

interface AddSourceProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onAdded: (source: Source) => void;
}

export const AddSource = ({ opened, onClose, onAdded }: AddSourceProps) => (
  <Modal opened={opened} onClose={onClose} title="Add source" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
    <AddSourceForm onClose={onClose} onAdded={onAdded} />
  </Modal>
);

function AddSourceForm({ onClose, onAdded }: Omit<AddSourceProps, 'opened'>) {
  const add = useAddSource();
  const [broughtShown, setBroughtShown] = useState(false);
  const form = useForm({
    initialValues: {
      name: '',
      kind: 'javascript' as SourceKind,
      family: 'customerio' as Source['family'],
      keyClass: 'public' as 'public' | 'secret',
      key: '',
    },
    validate: {
      name: (name) => (name.trim() === '' ? 'Give it a name by which you know it, such as "Web shop".' : null),
      key: (key) => (broughtShown && key !== '' ? checkBroughtKey(key) : null),
    },
  });
  const { kind } = form.values;
  const brought = broughtShown && form.values.key !== '';

  const submit = form.onSubmit(({ key, keyClass, ...fields }) =>
    add.mutate(
      {
        ...fields,
        name: fields.name.trim(),
        ...(brought ? { key } : { keyClass: needsPublicKey(kind) ? 'public' : keyClass }),
      },
      { onSuccess: onAdded },
    ),
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label="Name"
          placeholder="Web shop"
          description="For people; clients do not see it."
          data-autofocus
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <Select
          label="What sends"
          description={kindInfo[kind].hint}
          data={kindOptions}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
        <Input.Wrapper
          label="Client library"
          description="Whose library it is: decides the settings that browsers and apps are given."
          labelElement="div"
        >
          <div>
            <SegmentedControl
              mt={4}
              data={[...familyOptions]}
              aria-label="Client library"
              {...form.getInputProps('family')}
            />
          </div>
        </Input.Wrapper>
        {brought ? null : needsPublicKey(kind) ? (
          <Text size="sm" c="dimmed">
            It gets a public key: everybody who opens the website or app can read it, and it can do nothing but send
            events.
          </Text>
        ) : (
          <KeyClassChoice {...form.getInputProps('keyClass')} />
        )}
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="left"
          aria-expanded={broughtShown}
          onClick={() => setBroughtShown((shown) => !shown)}
        >
          {broughtShown ? 'Have a key made instead' : 'Bring along a key from another system'}
        </Anchor>
        <Collapse expanded={broughtShown}>
          <TextInput
            label="Key brought along"
            description="Taken exactly as it is, so that clients need only a new host. 16 to 256 characters."
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('key')}
          />
        </Collapse>
        {add.error && <ErrorNotice error={add.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add source
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
