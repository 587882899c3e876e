// Fills an action for an event that many tools know: which of the event's properties fill which of its fields.
import { useState } from 'react';
import { Accordion, Button, Group, List, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { optionsFault } from '../../components/options-fault.ts';
import { QueryView } from '../../components/query-view.tsx';
import type { KindAction } from './destination-queries.ts';
import type { JsonObject } from './json.ts';
import { semanticEventsQuery, suggestionsQuery } from './semantic-queries.ts';
import type { SuggestedAction } from './semantic-queries.ts';
import { fieldsOf } from './settings-schema.ts';

interface MappingSuggestionsProps {
  /** Slug of the destination's kind. */
  readonly kind: string;
  readonly model: KindAction;
  /** The fields that are suggested, and the trigger that takes the event under all its names. */
  readonly onTake: (suggested: { readonly fields: JsonObject; readonly trigger: string | null }) => void;
}

export function MappingSuggestions({ kind, model, onTake }: MappingSuggestionsProps) {
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Accordion variant="contained" value={opened} onChange={setOpened}>
      <Accordion.Item value="suggestions">
        <Accordion.Control>Fill it for an event that many tools know</Accordion.Control>
        <Accordion.Panel>
          {opened !== null && <Suggestions kind={kind} model={model} onTake={onTake} />}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Suggestions({ kind, model, onTake }: MappingSuggestionsProps) {
  const [event, setEvent] = useState<string | null>(null);
  const events = useQuery(semanticEventsQuery);
  const suggested = useQuery(suggestionsQuery(kind, event));
  return (
    <Stack gap="sm">
      <Select
        label="Semantic event"
        description="It is recognised under its other names, too."
        placeholder="Order Completed"
        searchable
        data={events.data?.items.map(({ name }) => name) ?? []}
        error={optionsFault(events)}
        value={event}
        onChange={setEvent}
        maw={360}
      />
      {event !== null && (
        <QueryView query={suggested}>
          {({ actions }) => (
            <Found
              key={event}
              event={event}
              model={model}
              found={actions.find((one) => one.kind === model.slug)}
              onTake={onTake}
            />
          )}
        </QueryView>
      )}
    </Stack>
  );
}

interface FoundProps extends Pick<MappingSuggestionsProps, 'model' | 'onTake'> {
  readonly event: string;
  readonly found: SuggestedAction | undefined;
}

function Found({ event, model, found, onTake }: FoundProps) {
  const [taken, setTaken] = useState(false);
  if (!found)
    return (
      <Text size="sm">
        {event} has no property for a field that this action leaves empty: its usual mapping reads what there is.
      </Text>
    );
  const titles = new Map(fieldsOf(model.fields).map(({ name, title }) => [name, title]));
  const fields: JsonObject = Object.fromEntries(
    found.suggested.flatMap(({ field }) => {
      const mapped = found.mapping[field];
      return mapped === undefined ? [] : [[field, mapped]];
    }),
  );
  const take = (trigger: string | null) => (): void => {
    onTake({ fields, trigger });
    setTaken(true);
  };
  return (
    <Stack gap="sm">
      <List size="sm" aria-label="What is suggested">
        {found.suggested.map(({ field, from }) => (
          <List.Item key={field}>
            {titles.get(field) ?? field} from {from.join(', ')}
          </List.Item>
        ))}
      </List>
      <Group gap="sm">
        <Button size="xs" onClick={take(found.trigger)}>
          Fill the fields and the trigger
        </Button>
        <Button size="xs" variant="default" onClick={take(null)}>
          Fill the fields only
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {taken ? 'Filled below. Nothing is stored until you save the action.' : `The trigger takes ${event} alone.`}
        </Text>
      </Group>
    </Stack>
  );
}
