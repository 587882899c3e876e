// The first page: is anything wrong, how much flows, and where it goes.
import { Anchor, Button, SegmentedControl, SimpleGrid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatBytes } from '../../components/format-bytes.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { oddEventsQuery } from '../sources/odd-events-query.ts';
import { AttentionList } from './attention-list.tsx';
import { concerns } from './attention.ts';
import { DestinationSummary } from './destination-summary.tsx';
import { FigureCard } from './figure-card.tsx';
import { FlowCharts } from './flow-charts.tsx';
import { formatCount, formatDuration, formatShare, nameOf, toFigures } from './flow-figures.ts';
import { balancedQuery, overviewQuery, sourcesQuery, statusQuery, unrecognisedKeysQuery } from './overview-queries.ts';
import type { Overview, Source, Status } from './overview-queries.ts';
import { ranges } from './time-range.ts';
import type { RangeName, RangeSearch } from './time-range.ts';

export function OverviewPage() {
  const { range = '1h' }: RangeSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const status = useQuery(statusQuery);
  const overview = useQuery(overviewQuery(range));
  const balance = useQuery(balancedQuery);
  const listed = useQuery(sourcesQuery);
  const unknownKeys = useQuery(unrecognisedKeysQuery);
  const oddEvents = useQuery(oddEventsQuery);
  const balanced = balance.data ?? null;
  const sources = listed.data?.items ?? [];
  const unrecognised = unknownKeys.data?.items ?? [];
  const odd = oddEvents.data?.items ?? [];
  const untouched = sources.length > 0 && sources.every(({ activity }) => activity.accepted === 0);

  return (
    <Page
      title="Overview"
      description="What comes in, where it goes, and what needs attention."
      actions={
        <SegmentedControl
          aria-label="Time range"
          value={range}
          onChange={(value) =>
            void navigate({ to: '/', search: value === '1h' ? {} : { range: value as RangeName }, replace: true })
          }
          data={Object.entries(ranges).map(([value, { label }]) => ({ value, label }))}
        />
      }
    >
      {untouched && (
        <EmptyState
          title="No event yet"
          hint="In five minutes the first one is here, in its person’s profile, and delivered."
          action={
            <Button component={Link} to="/welcome">
              Show me the way
            </Button>
          }
        />
      )}
      <QueryView query={status}>
        {(known) => (
          <AttentionList
            found={concerns({ status: known, sources, unrecognised, odd, balanced })}
            looks={[balance, listed, unknownKeys, oddEvents]}
          />
        )}
      </QueryView>
      {/* When nothing can be shown, that is said once. */}
      {(status.data ?? overview.data) !== undefined && (
        <QueryView query={overview}>
          {(found) => <Flow overview={found} range={range} status={status.data} sources={sources} />}
        </QueryView>
      )}
      {status.data && (
        <Stack gap="xs">
          <Title order={2} size="h4">
            Destinations
          </Title>
          {status.data.destinations.length === 0 ? (
            <EmptyState
              title="No destination yet"
              hint="Events reach the workspace’s people and objects. Add a destination to send them further."
              action={
                <Button component={Link} to="/destinations/new" variant="default">
                  Add destination
                </Button>
              }
            />
          ) : (
            <DestinationSummary rows={status.data.destinations} />
          )}
        </Stack>
      )}
    </Page>
  );
}

interface FlowProps {
  readonly overview: Overview;
  readonly range: RangeName;
  readonly status: Status | undefined;
  readonly sources: readonly Source[];
}

function Flow({ overview, range, status, sources }: FlowProps) {
  const { accepted, duplicates, rejected, delivered, failed, successRate, slowest, waitingMs } = toFigures(overview);
  const destinations = status?.destinations ?? [];
  const within = `in ${ranges[range].label}`;

  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
        <FigureCard
          label="Events"
          value={formatCount(accepted)}
          hint={`${within}; ${formatCount(duplicates)} duplicates left out`}
        />
        <FigureCard
          label="Rejected calls"
          value={
            rejected === 0 ? (
              '0'
            ) : (
              <Anchor component={Link} to="/sources" inherit underline="hover">
                {formatCount(rejected)}
              </Anchor>
            )
          }
          hint={rejected === 0 ? `none ${within}` : `${within}; each is kept with its reason`}
        />
        <FigureCard
          label="Delivered"
          value={successRate === null ? '–' : formatShare(successRate)}
          hint={`${formatCount(delivered)} delivered, ${formatCount(failed)} failed`}
        />
        <FigureCard
          label="Delay"
          value={slowest === null ? '–' : formatDuration(slowest.p95Ms)}
          hint={
            slowest === null
              ? `nothing delivered ${within}`
              : `95 % within, at ${nameOf(destinations, slowest.destinationId)}${
                  waitingMs === 0 ? '' : `; oldest waits ${formatDuration(waitingMs)}`
                }`
          }
        />
        <FigureCard
          label="Workspace"
          value={status ? (status.workspace.lag === 0 ? 'Up to date' : formatCount(status.workspace.lag)) : '–'}
          hint={status && status.workspace.lag > 0 ? 'events behind the log' : 'people and objects'}
        />
        <FigureCard
          label="Disk"
          value={status?.disk ? formatBytes(status.disk.freeBytes) : '–'}
          hint={status ? `free; the log holds ${formatBytes(status.log.bytes)}` : undefined}
        />
      </SimpleGrid>
      <FlowCharts overview={overview} sources={sources} destinations={destinations} />
    </Stack>
  );
}
