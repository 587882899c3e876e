// An error as a person reads it: what went wrong, which fields, what to do, and a way to try again.
import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { ApiError } from '../api/client.ts';

export interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** @default 'Try again' */
  readonly retryLabel?: string;
  /** When it was last tried in vain, ms since 1970, where it is tried again and again by itself. */
  readonly triedAt?: number | null;
}

export function ErrorNotice({ error, onRetry, retryLabel = 'Try again', triedAt = null }: ErrorNoticeProps) {
  const details = error instanceof ApiError ? error.details : [];
  const hint = hintOf(error);
  return (
    <Alert color="red" role="alert" title={titleOf(error)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        {hint !== null && <Text size="sm">{hint}</Text>}
        {details.length > 1 && (
          <List size="sm">
            {details.map(({ field, message }) => (
              <List.Item key={`${field} ${message}`}>{field === null ? message : `${field}: ${message}`}</List.Item>
            ))}
          </List>
        )}
        {triedAt !== null && (
          <Text size="sm" aria-live="off">
            It is asked again by itself every few seconds, last at {new Date(triedAt).toLocaleTimeString()}.
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {retryLabel}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

const statusOf = (error: unknown): number | null => (error instanceof ApiError ? error.status : null);

function titleOf(error: unknown): string {
  const status = statusOf(error);
  if (status === 0) return 'No answer';
  if (status === 403) return 'Not allowed';
  if (status === 404) return 'Not found';
  return status !== null && status >= 500 ? 'The server has a problem' : 'This did not work';
}

/** What to do, where the message itself cannot know. */
function hintOf(error: unknown): string | null {
  const status = statusOf(error);
  if (status === 404) return 'It may have been removed, or the address is mistyped.';
  return status !== null && status >= 500
    ? 'Try again in a moment. If it stays so, the log that the server prints says why.'
    : null;
}
