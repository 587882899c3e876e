// Replacing a key: a new one beside the old, which goes on working unless it is to end at once.
import { useState } from 'react';
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useRotateKey } from './source-queries.ts';
import type { SourceKey } from './source-queries.ts';

interface RotateKeyProps {
  readonly sourceId: string;
  readonly old: SourceKey;
  readonly hint: string;
  readonly onMade: (key: SourceKey) => void;
}

export function RotateKey({ sourceId, old, hint, onMade }: RotateKeyProps) {
  const [opened, setOpened] = useState(false);
  const [ending, setEnding] = useState<'later' | 'now'>('later');
  const rotate = useRotateKey(sourceId);
  const submit = () =>
    rotate.mutate(
      { keyId: old.id, revoke: ending === 'now' },
      {
        onSuccess: (made) => {
          setOpened(false);
          onMade(made);
        },
      },
    );
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpened(true)}>
        Rotate
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Rotate ${hint}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Text size="sm">A new {old.class} key is made for this source.</Text>
          <Radio.Group
            label="The old key"
            value={ending}
            onChange={(value) => setEnding(value === 'now' ? 'now' : 'later')}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="later"
                label="Goes on working"
                description="Change clients one by one, then revoke it. No call is lost."
              />
              <Radio
                value="now"
                label="Ends at once"
                description="When it has leaked. Calls with it are not taken from now on."
              />
            </Stack>
          </Radio.Group>
          {rotate.error && <ErrorNotice error={rotate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpened(false)}>
              Cancel
            </Button>
            <Button color={ending === 'now' ? 'red' : undefined} loading={rotate.isPending} onClick={submit}>
              {ending === 'now' ? 'Make a new key and end the old' : 'Make a new key'}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
