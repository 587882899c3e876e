// The stretch of time that the ledger's page is about.
export const windows = [
  { value: 'all', label: 'All time', ms: null },
  { value: 'hour', label: 'Last hour', ms: 3_600_000 },
  { value: 'day', label: 'Last day', ms: 86_400_000 },
  { value: 'week', label: 'Last week', ms: 7 * 86_400_000 },
] as const;

const minuteMs = 60_000;

/** Beginning of the window, on the minute, as the ledger counts; undefined for all time. */
export function fromOf(window: string, now: number): string | undefined {
  const ms = windows.find(({ value }) => value === window)?.ms ?? null;
  return ms === null ? undefined : new Date(Math.floor((now - ms) / minuteMs) * minuteMs).toISOString();
}
