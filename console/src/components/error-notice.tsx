// An error as a person reads it: what went wrong, which fields, and a way to try again.
import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { ApiError } from '../api/client.ts';

export interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const details = error instanceof ApiError ? error.details : [];
  const isServers = error instanceof ApiError && error.status >= 500;
  return (
    <Alert color="red" role="alert" title="This did not work">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        {isServers && (
          <Text size="sm">Try again in a moment. If it stays so, the log that the server prints says why.</Text>
        )}
        {details.length > 1 && (
          <List size="sm">
            {details.map(({ field, message }) => (
              <List.Item key={`${field} ${message}`}>{field === null ? message : `${field}: ${message}`}</List.Item>
            ))}
          </List>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Retry
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
