// What a person did, latest first, with what came before they were known; each entry unfolds to its properties.
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { QueryView } from '../../components/query-view.tsx';
import { EventRows } from '../events/event-rows.tsx';
import { Further } from '../events/further.tsx';
import { itemsOf, useCursorPages } from '../events/pages-of.ts';
import { personPath } from './people-api.ts';
import type { Activity } from './people-api.ts';

interface PersonTimelineProps {
  readonly cioId: string;
  /** What their calls carry as userId; null for none. */
  readonly userId: string | null;
}

export function PersonTimeline({ cioId, userId }: PersonTimelineProps) {
  const pages = useCursorPages<Activity>(`${personPath(cioId)}/events`, {});
  const rows = itemsOf(pages).map((activity) => ({
    key: `${activity.partition}.${activity.offset}`,
    at: activity.at,
    type: activity.type,
    title: activity.name,
    subject: null,
    sourceId: activity.sourceId,
    messageId: activity.messageId,
    detail: activity.properties,
  }));
  return (
    <>
      <QueryView
        query={pages}
        empty={{
          when: () => rows.length === 0,
          title: 'Nothing on the timeline',
          hint: 'Track, page and screen calls of this person appear here; identify calls only change attributes.',
        }}
      >
        {() => <EventRows label="Timeline" rows={rows} />}
      </QueryView>
      <Further pages={pages} noun="events" />
      {userId !== null && (
        <Text size="sm" c="dimmed" mt="md">
          Identify, group and alias calls are not here;{' '}
          <Anchor inherit renderRoot={(props) => <Link {...props} to="/events" search={{ user: userId }} />}>
            see all calls with this userId
          </Anchor>
          .
        </Text>
      )}
    </>
  );
}
