// Where a value stands on the y axis of a chart, and which values are written beside it. Pure.

export interface ChartScale {
  /** Height of a value, from 0 at the axis to 1 at the top; above 1 it is cut off. */
  readonly height: (value: number) => number;
  /** Values with a line and a label, lowest first. */
  readonly ticks: readonly number[];
}

/** What is more than so many times the next highest value is cut off, or nothing else could be seen. */
const spikeTimes = 5;
/** As long as no more than one value in so many would be: past that they are the rule. */
const spikesOf = 15;

/** From 0 up to a round number of events at or above the highest total, a few spikes aside. */
export function countScale(totals: readonly number[]): ChartScale {
  const sorted = totals.toSorted((a, b) => b - a);
  const most = Math.max(1, Math.floor(totals.length / spikesOf));
  const spikes = sorted.findIndex((value, index) => index < most && isAbove(value, sorted[index + 1] ?? 0));
  const top = roundUp(Math.max(2, spikes < 0 ? (sorted[0] ?? 0) : (sorted[spikes + 1] ?? 0) * 2));
  return { height: (value) => value / top, ticks: [0, top / 2, top] };
}

const isAbove = (value: number, other: number): boolean => other > 0 && value > other * spikeTimes;

/** From none to all. */
export const shareScale: ChartScale = { height: (value) => value, ticks: [0, 0.5, 1] };

/** The lowest and the highest value that a chart of durations begins and ends with. */
const [shortestMs, shortestTopMs] = [10, 1000];
const durationTicks = [10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000, 864_000_000, 31_536_000_000];

/** Logarithmic: half a minute and half a day must both be told from half a second. */
export function durationScale(values: readonly number[]): ChartScale {
  const highest = Math.max(shortestTopMs, ...values);
  const top = durationTicks.find((tick) => tick >= highest) ?? highest;
  const span = Math.log(top / shortestMs);
  return {
    height: (value) => Math.max(0, Math.log(value / shortestMs) / span),
    ticks: everyOther(durationTicks.filter((tick) => tick <= top)),
  };
}

/** With more than four ticks each second one, the top one among them. */
const everyOther = (ticks: readonly number[]): readonly number[] =>
  ticks.length <= 4 ? ticks : ticks.filter((_, index) => (ticks.length - 1 - index) % 2 === 0);

/** The next round number whose half is a whole number too: 2, 4, 6, 8, 10, 20, 30, 40, 60, 80, 100, 150 … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (
    [1, 1.5, 2, 3, 4, 6, 8, 10, 20].map((factor) => factor * power).find((one) => one >= value && one % 2 === 0) ??
    value
  );
}
