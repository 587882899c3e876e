// Calls that were not taken: counted by reason, each with the offending field, the remedy and the call itself.
import { useState } from 'react';
import { Alert, Chip, Group, Paper, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { LoadMore } from '../../components/load-more.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { RejectionCard } from './rejection-card.tsx';
import { rejectionsQuery } from './source-queries.ts';

/** `sourceId` null: those that came with a key nobody knows. */
export function Rejections({ sourceId }: { readonly sourceId: string | null }) {
  const [reason, setReason] = useState<string | null>(null);
  const found = useInfiniteQuery({ ...rejectionsQuery(sourceId, reason), refetchInterval: 5000 });
  return (
    <QueryView query={found}>
      {({ pages }) => {
        const counts = Object.entries(pages[0]?.counts ?? {}).toSorted(([, one], [, other]) => other - one);
        const items = pages.flatMap((page) => page.items);
        if (counts.length === 0) return <NothingRejected />;
        return (
          <Stack gap="sm">
            <Chip.Group
              multiple={false}
              value={reason ?? 'all'}
              onChange={(chosen) => setReason(chosen === 'all' ? null : chosen)}
            >
              <Group gap="xs" role="radiogroup" aria-label="Reason">
                <Chip value="all" size="xs">
                  All reasons
                </Chip>
                {counts.map(([name, count]) => (
                  <Chip key={name} value={name} size="xs">
                    {name.replaceAll('_', ' ')} · {count.toLocaleString('en')}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
            <Text size="xs" c="dimmed">
              Counts are of all time. The calls themselves are kept up to a size limit, newest first.
            </Text>
            {items.length === 0 && (
              <Alert color="gray">The calls rejected for this reason are no longer kept; only their count is.</Alert>
            )}
            {items.map((rejection) => (
              <RejectionCard key={rejection.id} rejection={rejection} />
            ))}
            <LoadMore query={found} label="Show earlier ones" />
          </Stack>
        );
      }}
    </QueryView>
  );
}

const NothingRejected = () => (
  <Paper withBorder p="lg" radius="md" ta="center">
    <Text fw={600}>Every call was taken</Text>
    <Text size="sm" c="dimmed">
      A call that is not taken appears here with the reason, the offending field and what to do, also when its client
      was answered 200.
    </Text>
  </Paper>
);
