// How long events were under way, sorted into classes, so that a minute of deliveries takes a few rows however many they
// were, and a share of them can be told for any stretch of time. Pure.

/** Upper bounds in ms; each is at most 5 times the one before, so what is told is near what was. */
const bounds = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
  10_800_000, 43_200_000, 86_400_000, 259_200_000, 864_000_000,
];

/** For what took longer than all of them: a year. */
const longest = 31_536_000_000;

/** Deliveries that took at most so long, and longer than the next lower class. */
export interface DelayClass {
  readonly boundMs: number;
  readonly events: number;
}

/** Upper bound of the class of a delivery that took so long. */
export const delayBound = (tookMs: number): number => bounds.find((bound) => tookMs <= bound) ?? longest;

/** Within how many ms a share (0 to 1] of the deliveries was made, to the class; null when there were none. */
export function delayOfShare(classes: readonly DelayClass[], share: number): number | null {
  const wanted = classes.reduce((sum, { events }) => sum + events, 0) * share;
  if (wanted === 0) return null;
  let reached = 0;
  for (const { boundMs, events } of classes.toSorted((a, b) => a.boundMs - b.boundMs)) {
    reached += events;
    if (reached >= wanted) return boundMs;
  }
  return longest;
}
