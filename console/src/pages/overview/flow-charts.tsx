// The overview's charts: what came in, what was not taken, where it went, how well and how soon.
import { Box, SimpleGrid } from '@mantine/core';
import { countScale, durationScale, shareScale } from './chart-scale.ts';
import { formatCount, formatDuration, formatShare, sum } from './flow-figures.ts';
import type { Named } from './flow-figures.ts';
import { intakeSeries, outcomeSeries } from './flow-series.ts';
import type { Overview } from './overview-queries.ts';
import type { Series } from './series.ts';
import { TimeChart } from './time-chart.tsx';

interface FlowChartsProps {
  readonly overview: Overview;
  readonly sources: readonly Named[];
  readonly destinations: readonly Named[];
}

export function FlowCharts({ overview, sources, destinations }: FlowChartsProps) {
  const { stepMinutes, steps } = overview;
  const frame = { from: Date.parse(steps[0] ?? overview.from), stepMs: stepMinutes * 60_000, steps: steps.length };
  const each = stepMinutes === 1 ? 'minute' : duration(stepMinutes);
  const intake = intakeSeries(overview, sources);
  const outcome = outcomeSeries(overview, destinations);
  const totalsOf = (series: readonly Series[]): readonly number[] =>
    steps.map((_, index) => sum(series.map(({ values }) => values[index] ?? 0)));
  const bars = (series: readonly Series[], unit: string) => {
    const totals = totalsOf(series);
    const highest = Math.max(0, ...totals);
    const scale = countScale(totals);
    const cutOff = totals.filter((total) => scale.height(total) > 1).length;
    const cut = cutOff === 0 ? '' : cutOff === 1 ? ': its bar is cut off' : `: the ${cutOff} highest bars are cut off`;
    const summary = `At most ${formatCount(highest)} ${unit} in ${stepMinutes === 1 ? 'a minute' : each}${cut}.`;
    return { frame, shape: 'bars', scale, show: formatCount, series, summary } as const;
  };

  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <TimeChart
        {...bars(intake.accepted, 'events')}
        title={`Events by source, per ${each}`}
        emptyHint="No event in this time."
      />
      <TimeChart
        {...bars(intake.rejected, 'calls')}
        title={`Rejected calls by source, per ${each}`}
        emptyHint="No call was rejected in this time."
      />
      <TimeChart
        {...bars(outcome.delivered, 'deliveries')}
        title={`Delivered by destination, per ${each}`}
        emptyHint="Nothing of this time was delivered to a destination."
      />
      <TimeChart
        frame={frame}
        shape="lines"
        scale={shareScale}
        show={formatShare}
        series={outcome.success}
        title="Success rate by destination"
        summary="Delivered, of delivered and dead letters, by time of receipt."
        emptyHint="Nothing of this time was decided at a destination."
      />
      <Box style={{ gridColumn: '1 / -1' }}>
        <TimeChart
          frame={frame}
          shape="lines"
          scale={durationScale(outcome.delay.flatMap(({ values }) => values.filter((value) => value !== null)))}
          show={formatDuration}
          series={outcome.delay}
          title="Delay by destination"
          summary="From receipt to delivery: 95 % took at most so long."
          emptyHint="Nothing of this time was delivered to a destination."
        />
      </Box>
    </SimpleGrid>
  );
}

const duration = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}` : `${minutes} minutes`;
