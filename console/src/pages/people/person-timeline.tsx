// What a person did, latest first, with what came before they were known; each entry unfolds to its properties.
import { QueryView } from '../../components/query-view.tsx';
import { EventRows } from '../events/event-rows.tsx';
import { Further } from '../events/further.tsx';
import { itemsOf, useCursorPages } from '../events/pages-of.ts';
import { personPath } from './people-api.ts';
import type { Activity } from './people-api.ts';

export function PersonTimeline({ cioId }: { readonly cioId: string }) {
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
    </>
  );
}
