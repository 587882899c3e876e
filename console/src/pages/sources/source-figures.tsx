// A source in figures: taken, not taken, last call, library, and its rate against the soft limit.
import type { ReactNode } from 'react';
import { Paper, Progress, SimpleGrid, Text } from '@mantine/core';
import { TimeAgo } from '../../components/time-ago.tsx';
import { formatCount, rejectedShare } from './source-health.ts';
import type { Source } from './source-queries.ts';

/** Requests per 3 s and source past which Leat marks the source; nothing is refused for it. */
const softLimit = 3000;

export function SourceFigures({ source }: { readonly source: Source }) {
  const { accepted, rejected, lastAcceptedAt, lastRejectedAt, lastLibrary, overRateAt, peakRate } = source.activity;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Figure label="Taken" value={formatCount(accepted)}>
        {lastAcceptedAt === null ? (
          'no call yet'
        ) : (
          <>
            last <TimeAgo at={lastAcceptedAt} />
          </>
        )}
      </Figure>
      <Figure label="Not taken" value={formatCount(rejected)}>
        {lastRejectedAt === null ? (
          'none so far'
        ) : (
          <>
            {rejectedShare(source)}, last <TimeAgo at={lastRejectedAt} />
          </>
        )}
      </Figure>
      <Figure label="Library" value={lastLibrary ?? '–'} small>
        of the last call
      </Figure>
      <Figure label="Peak rate" value={`${formatCount(peakRate)} / 3 s`}>
        <Progress
          value={Math.min(100, (peakRate / softLimit) * 100)}
          color={overRateAt === null ? undefined : 'yellow'}
          size="xs"
          my={4}
          aria-label={`Peak rate, of the soft limit of ${formatCount(softLimit)} requests in 3 seconds`}
        />
        {overRateAt === null ? (
          `soft limit ${formatCount(softLimit)}`
        ) : (
          <>
            above the soft limit <TimeAgo at={overRateAt} />; nothing was dropped
          </>
        )}
      </Figure>
    </SimpleGrid>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly small?: boolean;
  readonly children: ReactNode;
}

const Figure = ({ label, value, small = false, children }: FigureProps) => (
  <Paper withBorder p="sm" radius="md">
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text fw={600} size={small ? 'sm' : 'lg'} lh={small ? 1.35 : 1.6} style={{ overflowWrap: 'anywhere' }}>
      {value}
    </Text>
    <Text size="xs" c="dimmed" component="div">
      {children}
    </Text>
  </Paper>
);
