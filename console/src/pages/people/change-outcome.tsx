// What came of a change to a person: the event in the log that carries it, or why it was refused.
import { Alert, Anchor, Box, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { PersonChange } from './people-api.ts';

interface ChangeOutcomeProps {
  readonly change: { readonly data?: PersonChange | undefined; readonly error: Error | null };
  /** `deleted`, `suppressed`, `unsuppressed`, `changed`. */
  readonly what: string;
  readonly children?: ReactNode;
}

export function ChangeOutcome({ change, what, children }: ChangeOutcomeProps) {
  if (change.error)
    return (
      <Box mb="md">
        <ErrorNotice error={change.error} />
      </Box>
    );
  if (!change.data) return null;
  const { messageId, applied } = change.data;
  return (
    <Alert color="teal" title={`The person is ${applied ? what : `being ${what}`}`} mb="md" role="status">
      <Stack gap="xs">
        <Text size="sm">
          It is in the log as an event of its own:{' '}
          <Anchor renderRoot={(props) => <Link {...props} to="/events/$messageId" params={{ messageId }} />}>
            see the event
          </Anchor>
          .{!applied && ' The workspace has not come to it yet; it will, in order.'}
        </Text>
        {children}
      </Stack>
    </Alert>
  );
}
