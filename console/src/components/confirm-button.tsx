// A button whose deed is asked about first, in the words of what it does; errors are shown where they happened.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { ErrorNotice } from './error-notice.tsx';

export interface ConfirmButtonProps extends Omit<ButtonProps, 'children' | 'onClick'> {
  /** On the button and over the question, such as "Delete source". */
  readonly title: string;
  /** What will happen, and what it cannot bring back. */
  readonly message: ReactNode;
  readonly confirmLabel: string;
  /** Of the button that does it. @default 'red' */
  readonly confirmColor?: 'red' | 'cyan';
  readonly onConfirm: () => unknown;
  /** On the button when it differs from the title. */
  readonly children?: ReactNode;
}

export function ConfirmButton({
  title,
  message,
  confirmLabel,
  confirmColor = 'red',
  onConfirm,
  children,
  ...rest
}: ConfirmButtonProps) {
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      setOpened(false);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button
        variant="default"
        {...rest}
        onClick={() => {
          setError(null);
          setOpened(true);
        }}
      >
        {children ?? title}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={title}
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Text component="div" size="sm">
            {message}
          </Text>
          {error !== null && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpened(false)}>
              Cancel
            </Button>
            <Button color={confirmColor} loading={busy} onClick={() => void confirm()}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
