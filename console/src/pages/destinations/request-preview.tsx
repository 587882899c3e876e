// The request that an action, as it is being written, makes of an event that really came.
import { useState } from 'react';
import { Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { mayPass } from '../../api/client.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { timeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { latestEventsQuery, previewQuery, triedTriggerQuery, workspaceId } from './destination-queries.ts';
import type { Action, StoredEvent } from './destination-queries.ts';
import { eventTitle } from './event-fields.ts';
import { parseJson } from './json.ts';
import { Notice } from './notice.tsx';

interface RequestPreviewProps {
  readonly destinationId: string;
  readonly action: Action;
}

const previewAfterMs = 250;
const keyOf = ({ sourceId, messageId }: StoredEvent): string => `${sourceId} ${messageId}`;

export function RequestPreview({ destinationId, action }: RequestPreviewProps) {
  const mayEdit = useSession().can('edit');
  const [settled] = useDebouncedValue(action, previewAfterMs);
  const matching = useQuery(triedTriggerQuery(settled.trigger)).data?.items ?? [];
  const latestEvents = useQuery(latestEventsQuery);
  const latest = latestEvents.data?.items ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const known = new Map([...matching, ...latest].map((event) => [keyOf(event), event]));
  const event = (chosen === null ? undefined : known.get(chosen)) ?? matching[0] ?? latest[0] ?? null;
  const preview = useQuery({
    ...previewQuery(destinationId, settled, event),
    enabled: mayEdit && event !== null && destinationId !== workspaceId,
  });

  if (destinationId === workspaceId)
    return (
      <Text size="sm" c="dimmed">
        The workspace sends no requests. To see what it made of an event, open the event.
      </Text>
    );
  if (!mayEdit)
    return (
      <Text size="sm" c="dimmed">
        Editors and owners see here which request comes of an event.
      </Text>
    );
  if (!event)
    return (
      <QueryView query={latestEvents}>
        {() => (
          <Text size="sm" c="dimmed">
            When the first event has come, the request that is made of it is shown here.
          </Text>
        )}
      </QueryView>
    );
  const shown = matching.length > 0 ? matching : latest;
  const options = shown.some((one) => keyOf(one) === keyOf(event)) ? shown : [event, ...shown];
  const [tested] = preview.data?.actions ?? [];
  return (
    <Stack gap="sm">
      <Select
        label="Preview with the event"
        description={
          matching.length > 0
            ? 'Those that the trigger matches.'
            : 'The trigger matches none of late; these are the latest.'
        }
        data={options.map((one) => ({
          value: keyOf(one),
          label: `${eventTitle(one.event)}, ${timeAgo(Date.parse(one.receivedAt), Date.now())} (${one.messageId.slice(0, 12)})`,
        }))}
        value={keyOf(event)}
        allowDeselect={false}
        onChange={setChosen}
      />
      {preview.error &&
        (mayPass(preview.error) ? (
          <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <Notice tone="bad" title="This mapping cannot be used yet">
            {preview.error.message}
          </Notice>
        ))}
      {!preview.error && tested && (
        <>
          {tested.problem !== null && (
            <Notice tone="warn" title="Nothing would be sent">
              {tested.problem}
            </Notice>
          )}
          {tested.exchanges.map(({ request }, index) => (
            <CodeBlock
              key={`${index} ${request.url}`}
              label={`Request ${request.method} ${request.url}`}
              code={`${headerLines(request.headers)}\n\n${pretty(request.body)}`}
            />
          ))}
          {tested.exchanges.length === 0 && <JsonView label="What the mapping makes" value={tested.payload} />}
        </>
      )}
    </Stack>
  );
}

const headerLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** JSON bodies are indented; others are shown as they are. */
export function pretty(body: string): string {
  const parsed = parseJson(body);
  return 'value' in parsed ? JSON.stringify(parsed.value, null, 2) : body;
}
