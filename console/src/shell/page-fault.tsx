// A page that failed while it was shown: a fault of the console. The frame and the other pages go on.
import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';

export const PageFault = ({ error, reset }: ErrorComponentProps) => (
  <Alert color="red" role="alert" title="This page has a fault">
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
      <Text size="sm">
        Show it again; the other pages go on meanwhile. If it stays so, report the sentence above and this address.
      </Text>
      <Button size="xs" variant="default" onClick={reset}>
        Show it again
      </Button>
    </Stack>
  </Alert>
);
