// Which times are written below a chart, and how times are written at all. Pure but for the time zone of the reader.

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
const stepsMs = [
  ...[5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 5, 7, 14].map((days) => days * dayMs),
];
const mostTicks = 6;

/** Round local times within a stretch, at most six of them; none too near its ends to be written whole. */
export function timeTicks(from: number, to: number): readonly number[] {
  const step = stepsMs.find((one) => (to - from) / one <= mostTicks) ?? 14 * dayMs;
  const zone = new Date(from).getTimezoneOffset() * minuteMs;
  const first = Math.ceil((from - zone) / step) * step + zone;
  const margin = (to - from) * 0.06;
  const ticks = Array.from({ length: mostTicks + 1 }, (_, index) => first + index * step);
  return ticks.filter((at) => at >= from + margin && at <= to - margin);
}

/** "14:05", or the day where the stretch is longer than one. */
export const tickLabel = (at: number, spanMs: number): string => (spanMs > 2 * dayMs ? day(at) : clock(at));

/** With the day where that is not today's. */
export const momentLabel = (at: number): string =>
  new Date(at).toDateString() === new Date().toDateString() ? clock(at) : `${day(at)}, ${clock(at)}`;

const clock = (at: number): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
const day = (at: number): string => new Date(at).toLocaleDateString([], { day: 'numeric', month: 'short' });
