// What is drawn in a chart: stacked bars, or lines. One unit wide per step, one unit high.
import type { ChartScale } from './chart-scale.ts';
import { seriesColor } from './series.ts';
import type { Series } from './series.ts';
import classes from './time-chart.module.css';

interface ShapesProps {
  readonly series: readonly Series[];
  readonly steps: number;
  readonly scale: ChartScale;
}

/** A bar that is too high for the axis ends in a gap near the top. */
const cutFrom = 0.07;
const cutSize = 0.025;

export const Bars = ({ series, steps, scale }: ShapesProps) =>
  Array.from({ length: steps }, (_, index) => {
    const total = series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
    if (total === 0) return null;
    const shown = Math.min(1, scale.height(total));
    let top = 1;
    return (
      <g key={index}>
        {series.map(({ name, values, color }) => {
          const height = ((values[index] ?? 0) / total) * shown;
          top -= height;
          return (
            height > 0 && (
              <rect key={name} x={index + 0.1} width={0.8} y={top} height={height} fill={seriesColor(color)} />
            )
          );
        })}
        {scale.height(total) > 1 && (
          <rect className={classes['cut']} x={index} width={1} y={cutFrom} height={cutSize} />
        )}
      </g>
    );
  });

/** A line through values that follow each other, a dot for one that stands alone. */
export const Lines = ({ series, scale }: ShapesProps) =>
  series.map(({ name, values, color }) => (
    <g key={name} className={classes['drawn']} stroke={seriesColor(color)}>
      <path d={pathOf(values, scale)} />
      <path className={classes['dots']} d={dotsOf(values, scale)} />
    </g>
  ));

function pathOf(values: Series['values'], scale: ChartScale): string {
  const parts = values.map((value, index) => {
    if (value === null) return '';
    return `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${placeOf(index, value, scale)}`;
  });
  return parts.join('');
}

function dotsOf(values: Series['values'], scale: ChartScale): string {
  const parts = values.map((value, index) => {
    const beside = values[index - 1] ?? values[index + 1] ?? null;
    return value === null || beside !== null ? '' : `M${placeOf(index, value, scale)}h0`;
  });
  return parts.join('');
}

const placeOf = (index: number, value: number, scale: ChartScale): string =>
  `${index + 0.5} ${1 - Math.min(1, scale.height(value))}`;
