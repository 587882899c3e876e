// Values over time with both axes labelled, drawn here because a chart library would outweigh the whole console. Arrow
// keys and pointer choose a moment, whose numbers stand in the legend then; who hears the page is read them.
import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { Box, ColorSwatch, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ChartScale } from './chart-scale.ts';
import { Bars, Lines } from './chart-shapes.tsx';
import { seriesColor } from './series.ts';
import type { Series, TimeFrame } from './series.ts';
import classes from './time-chart.module.css';
import { momentLabel, tickLabel, timeTicks } from './time-ticks.ts';

export interface TimeChartProps {
  readonly title: string;
  /** Stands above the chart while no moment is chosen. */
  readonly summary: string;
  readonly series: readonly Series[];
  readonly frame: TimeFrame;
  /** Bars add up; lines stand for themselves. */
  readonly shape: 'bars' | 'lines';
  readonly scale: ChartScale;
  /** A value in words, for labels. */
  readonly show: (value: number) => string;
  /** Shown in place of an empty chart. */
  readonly emptyHint: string;
}

export function TimeChart({ title, summary, series, frame, shape, scale, show, emptyHint }: TimeChartProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { from, stepMs, steps } = frame;
  const spanMs = steps * stepMs;

  function describe(index: number): string {
    const parts = series.flatMap(({ name, values }) => {
      const value = values[index] ?? null;
      return value === null || (shape === 'bars' && value === 0) ? [] : [`${name} ${show(value)}`];
    });
    return `${momentLabel(from + index * stepMs)}: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
  }
  const valueAt = (values: Series['values'], index: number): string => {
    const value = values[index] ?? null;
    return value === null ? '–' : show(value);
  };
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setChosen(clamp(Math.floor(((event.clientX - left) / width) * steps), steps));
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setChosen((before) => clamp((before ?? steps) + step, steps));
  };
  const Shapes = shape === 'bars' ? Bars : Lines;
  const labels = scale.ticks.map(show);

  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <div>
          <Title order={2} size="h5">
            {title}
          </Title>
          <Text size="xs" c="dimmed">
            {series.length === 0 ? emptyHint : chosen === null ? summary : `${momentLabel(from + chosen * stepMs)}:`}
          </Text>
        </div>
        {series.length > 0 && (
          <>
            <div className={classes['plot']}>
              <Text size="xs" c="dimmed" component="div" className={classes['values']} aria-hidden>
                <span className={classes['widest']}>{labels.reduce((a, b) => (a.length > b.length ? a : b), '')}</span>
                {scale.ticks.map((tick, index) => (
                  <span key={tick} className={classes['value']} style={{ bottom: `${scale.height(tick) * 100}%` }}>
                    {labels[index]}
                  </span>
                ))}
              </Text>
              <svg
                className={classes['area']}
                viewBox={`0 0 ${steps} 1`}
                preserveAspectRatio="none"
                role="slider"
                tabIndex={0}
                aria-label={`${title}, step by step`}
                aria-valuemin={0}
                aria-valuemax={steps - 1}
                aria-valuenow={chosen ?? steps - 1}
                aria-valuetext={describe(chosen ?? steps - 1)}
                onPointerMove={point}
                onPointerLeave={() => setChosen(null)}
                onKeyDown={key}
                onBlur={() => setChosen(null)}
              >
                {scale.ticks.map((tick) => {
                  const y = 1 - scale.height(tick);
                  return <line key={tick} className={classes['line']} x1={0} x2={steps} y1={y} y2={y} />;
                })}
                {chosen !== null && <rect className={classes['chosen']} x={chosen} width={1} height={1} />}
                <Shapes series={series} steps={steps} scale={scale} />
              </svg>
              <Text size="xs" c="dimmed" component="div" className={classes['times']} aria-hidden>
                {timeTicks(from, from + spanMs).map((at) => (
                  <span key={at} className={classes['time']} style={{ left: `${((at - from) / spanMs) * 100}%` }}>
                    {tickLabel(at, spanMs)}
                  </span>
                ))}
              </Text>
            </div>
            <ul className={classes['legend']} aria-label={`${title}: legend`}>
              {series.map(({ name, note, values, color }) => (
                <Group key={name} component="li" gap={6} wrap="nowrap">
                  <ColorSwatch size={10} color={seriesColor(color)} withShadow={false} />
                  <Text size="xs">
                    {name}{' '}
                    <Box component="span" c="dimmed">
                      {chosen === null ? note : valueAt(values, chosen)}
                    </Box>
                  </Text>
                </Group>
              ))}
            </ul>
          </>
        )}
      </Stack>
    </Paper>
  );
}

const clamp = (index: number, steps: number): number => Math.min(steps - 1, Math.max(0, index));
