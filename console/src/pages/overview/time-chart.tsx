// Stacked bars over time, drawn here because a chart library would outweigh the whole console. Arrow keys and pointer
// choose a bar, whose numbers stand above in words; who hears the page is read them.
import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { Box, ColorSwatch, Group, Paper, Stack, Text, Title } from '@mantine/core';

export interface Series {
  readonly name: string;
  /** One per bar. */
  readonly values: readonly number[];
  readonly total: number;
}

export interface TimeChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  /** Start of the first bar in ms, and how long each is. */
  readonly from: number;
  readonly bucketMs: number;
  readonly buckets: number;
  /** Shown in place of an empty chart. */
  readonly emptyHint: string;
}

const colors = ['cyan-7', 'orange-6', 'violet-6', 'lime-7', 'pink-6'].map((color) => `var(--mantine-color-${color})`);
const height = 120;

export function TimeChart({ title, series, from, bucketMs, buckets, emptyHint }: TimeChartProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const totals = Array.from({ length: buckets }, (_, index) =>
    series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0),
  );
  const highest = Math.max(1, ...totals);
  const words = chosen === null ? null : describe(chosen);

  function describe(index: number): string {
    const parts = series
      .filter((one) => (one.values[index] ?? 0) > 0)
      .map((one) => `${one.name} ${count(one.values[index] ?? 0)}`);
    return `${clock(from + index * bucketMs)}: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
  }
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setChosen(clamp(Math.floor(((event.clientX - left) / width) * buckets), buckets));
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setChosen((before) => clamp((before ?? buckets) + step, buckets));
  };

  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" align="baseline">
          <Title order={2} size="h5">
            {title}
          </Title>
          <Text size="xs" c="dimmed" aria-live="polite">
            {words ?? (series.length > 0 ? `at most ${count(highest)} in ${duration(bucketMs)}` : '')}
          </Text>
        </Group>
        {series.length === 0 ? (
          <Text size="sm" c="dimmed">
            {emptyHint}
          </Text>
        ) : (
          <>
            <svg
              viewBox={`0 0 ${buckets} ${height}`}
              width="100%"
              height={height}
              preserveAspectRatio="none"
              role="slider"
              tabIndex={0}
              aria-label={`${title}, bar by bar`}
              aria-valuemin={0}
              aria-valuemax={buckets - 1}
              aria-valuenow={chosen ?? buckets - 1}
              aria-valuetext={words ?? describe(buckets - 1)}
              onPointerMove={point}
              onPointerLeave={() => setChosen(null)}
              onKeyDown={key}
              onBlur={() => setChosen(null)}
            >
              <rect width={buckets} height={height} fill="var(--mantine-color-default-hover)" />
              {totals.map((_, index) => (
                <Bar
                  key={index}
                  index={index}
                  series={series}
                  highest={highest}
                  faded={chosen !== null && chosen !== index}
                />
              ))}
            </svg>
            <Group justify="space-between">
              <Text size="xs" c="dimmed">
                {clock(from)}
              </Text>
              <Text size="xs" c="dimmed">
                now
              </Text>
            </Group>
            <Group gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {series.map(({ name, total }, index) => (
                <Group key={name} component="li" gap={6} wrap="nowrap">
                  <ColorSwatch size={10} color={colors[index] ?? ''} withShadow={false} />
                  <Text size="xs">
                    {name}{' '}
                    <Box component="span" c="dimmed">
                      {count(total)}
                    </Box>
                  </Text>
                </Group>
              ))}
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}

interface BarProps {
  readonly index: number;
  readonly series: readonly Series[];
  readonly highest: number;
  readonly faded: boolean;
}

function Bar({ index, series, highest, faded }: BarProps) {
  let top = height;
  return series.map(({ name, values }, place) => {
    const size = ((values[index] ?? 0) / highest) * (height - 2);
    if (size === 0) return null;
    top -= size;
    return (
      <rect
        key={name}
        x={index + 0.1}
        width={0.8}
        y={top}
        height={size}
        fill={colors[place]}
        opacity={faded ? 0.45 : 1}
      />
    );
  });
}

const clamp = (index: number, buckets: number): number => Math.min(buckets - 1, Math.max(0, index));
const count = (value: number): string => value.toLocaleString('en');
/** With the day where that is not today's. */
const clock = (at: number): string => {
  const time = new Date(at);
  const shown = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return time.toDateString() === new Date().toDateString()
    ? shown
    : `${time.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${shown}`;
};
const duration = (ms: number): string => (ms === 60_000 ? 'a minute' : `${ms / 60_000} minutes`);
