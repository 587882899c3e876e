// The event that has come, and the ways to where it went.
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { eventSubject, eventTitle } from '../events/event-title.ts';
import { latestEventQuery } from './first-run-queries.ts';

export function FirstEvent({ sourceId }: { readonly sourceId: string }) {
  const latest = useQuery(latestEventQuery(sourceId));
  return (
    <QueryView query={latest}>
      {(found) => {
        if (!found)
          return (
            <Text size="sm" c="dimmed">
              It shows here as soon as it has come.
            </Text>
          );
        const { event, messageId, receivedAt } = found;
        const userId = typeof event['userId'] === 'string' ? event['userId'] : null;
        return (
          <Group gap="sm">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <strong>{eventTitle(event)}</strong> of {eventSubject(event) ?? 'nobody'}, <TimeAgo at={receivedAt} />
            </Text>
            <Button component={Link} to={`/events/${encodeURIComponent(messageId)}`} size="xs" variant="default">
              See the event
            </Button>
            {userId !== null && (
              <Button component={Link} to={`/people/${encodeURIComponent(userId)}`} size="xs" variant="default">
                See the person
              </Button>
            )}
          </Group>
        );
      }}
    </QueryView>
  );
}
