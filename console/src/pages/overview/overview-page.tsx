// The first page: is anything wrong, how much flows, and where it goes.
import { Anchor, Button, SegmentedControl, SimpleGrid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { AttentionList } from './attention-list.tsx';
import { concerns } from './attention.ts';
import { DestinationSummary } from './destination-summary.tsx';
import { FigureCard } from './figure-card.tsx';
import { deliverySeries, formatDuration, formatShare, sourceSeries, toFigures } from './flow-figures.ts';
import { balancedQuery, overviewQuery, sourcesQuery, statusQuery, unrecognisedKeysQuery } from './overview-queries.ts';
import type { Overview, Source, Status } from './overview-queries.ts';
import { TimeChart } from './time-chart.tsx';
import { ranges } from './time-range.ts';
import type { RangeName, RangeSearch } from './time-range.ts';

export function OverviewPage() {
  const { range = '1h' }: RangeSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const status = useQuery(statusQuery);
  const overview = useQuery(overviewQuery(range));
  const balanced = useQuery(balancedQuery).data ?? null;
  const sources = useQuery(sourcesQuery).data?.items ?? [];
  const unrecognised = useQuery(unrecognisedKeysQuery).data?.items ?? [];
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
        {(known) => <AttentionList found={concerns({ status: known, sources, unrecognised, balanced })} />}
      </QueryView>
      <QueryView query={overview}>
        {(found) => <Flow overview={found} range={range} status={status.data} sources={sources} />}
      </QueryView>
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
  const figures = toFigures(overview);
  const { stepMinutes, steps } = overview;
  const frame = { from: Date.parse(steps[0] ?? overview.from), bucketMs: stepMinutes * 60_000, buckets: steps.length };
  const rejected = sources.reduce((sum, { activity }) => sum + activity.rejected, 0);
  const lastRejected = sources
    .map(({ activity }) => activity.lastRejectedAt ?? '')
    .reduce((a, b) => (a > b ? a : b), '');

  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
        <FigureCard
          label="Events"
          value={count(figures.accepted)}
          hint={`in ${ranges[range].label}; ${count(figures.duplicates)} duplicates left out`}
        />
        <FigureCard
          label="Delivered"
          value={figures.successRate === null ? '–' : formatShare(figures.successRate)}
          hint={`${count(figures.delivered)} delivered, ${count(figures.failed)} failed`}
        />
        <FigureCard
          label="Delay"
          value={figures.waitingMs === 0 ? 'None' : formatDuration(figures.waitingMs)}
          hint={figures.waitingMs === 0 ? 'no event waits' : 'the oldest event has waited so long'}
        />
        <FigureCard
          label="Rejected calls"
          value={
            <Anchor component={Link} to="/sources" inherit underline="hover">
              {count(rejected)}
            </Anchor>
          }
          hint={
            lastRejected === '' ? (
              'none so far'
            ) : (
              <>
                of all time, the last <TimeAgo at={lastRejected} />
              </>
            )
          }
        />
        <FigureCard
          label="Workspace"
          value={status ? (status.workspace.lag === 0 ? 'Up to date' : count(status.workspace.lag)) : '–'}
          hint={status && status.workspace.lag > 0 ? 'events behind the log' : 'people and objects'}
        />
        <FigureCard
          label="Disk"
          value={status?.disk ? bytes(status.disk.freeBytes) : '–'}
          hint={status ? `free; the log holds ${bytes(status.log.bytes)}` : undefined}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <TimeChart
          {...frame}
          title={`Events by source, per ${stepMinutes === 1 ? 'minute' : duration(stepMinutes)}`}
          emptyHint="No event in this time."
          series={sourceSeries(overview, sources)}
        />
        <TimeChart
          {...frame}
          title="Delivered by destination, by time of receipt"
          emptyHint="Nothing of this time was delivered to a destination."
          series={deliverySeries(overview, status?.destinations ?? [])}
        />
      </SimpleGrid>
    </Stack>
  );
}

const duration = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}` : `${minutes} minutes`;
const count = (value: number): string => value.toLocaleString('en');
/** "850 MB", "79 GB": powers of 1000, as disks are sold. */
function bytes(value: number): string {
  const units = [
    ['TB', 1e12],
    ['GB', 1e9],
    ['MB', 1e6],
  ] as const;
  const [unit, size] = units.find(([, one]) => value >= one) ?? ['KB', 1e3];
  const amount = value / size;
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${unit}`;
}
