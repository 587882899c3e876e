// Where an event went, told as a story: what came in, what Leat made of it, and how it stands at each destination.
import { Alert, Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { apiGet } from '../../api/client.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useLate } from '../../components/use-late.ts';
import { EventStory } from './event-story.tsx';
import { eventTitle } from './event-title.ts';
import type { Explained } from './explanation.ts';
import { RejectionStory } from './rejection-story.tsx';
import { isUnfinished, StorySummary } from './story-summary.tsx';
import { useSearchState } from './search-state.ts';

const watchMs = 2000;

export function ExplainPage() {
  const { messageId = '' }: { readonly messageId?: string } = useParams({ strict: false });
  const [search, change] = useSearchState();
  const explained = useQuery({
    queryKey: ['explain', messageId],
    queryFn: ({ signal }) => apiGet<Explained>(`/api/v1/events/${encodeURIComponent(messageId)}`, undefined, signal),
    // It is watched until there is no more to come.
    refetchInterval: ({ state }) => (state.data?.items.some(isUnfinished) ? watchMs : false),
  });
  const refreshing = useLate(explained.isRefetching);
  const shown = explained.data?.items.find(({ sourceId }) => sourceId === search['source']) ?? explained.data?.items[0];
  return (
    <Page
      title={shown ? eventTitle(shown.event) : 'Where did it go?'}
      description={`messageId ${messageId}`}
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRefresh size={14} aria-hidden />}
          // It is watched every two seconds: a spinner that comes and goes would say nothing.
          loading={refreshing}
          onClick={() => void explained.refetch()}
        >
          Refresh
        </Button>
      }
    >
      <QueryView query={explained}>
        {({ items, rejections }) => (
          <Stack gap="lg">
            {items.length > 1 && shown && (
              <div>
                <Text size="sm" mb={4}>
                  Several sources sent an event with this messageId:
                </Text>
                <SegmentedControl
                  aria-label="Source"
                  data={items.map(({ sourceId, sourceName }) => ({ value: sourceId, label: sourceName ?? sourceId }))}
                  value={shown.sourceId}
                  onChange={(source) => change({ source })}
                />
              </div>
            )}
            {shown && <StorySummary explanation={shown} />}
            {shown && <EventStory explanation={shown} />}
            {rejections.map((rejection) => (
              <RejectionStory key={rejection.id} rejection={rejection} />
            ))}
            {!shown && rejections.length === 0 && <NotFound />}
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

const NotFound = () => (
  <Alert color="gray" title="No event and no rejected call has this messageId">
    It may never have arrived (look at the source’s recent calls and at the unrecognised keys), or the log’s retention
    has removed it. A messageId is compared exactly.
  </Alert>
);
