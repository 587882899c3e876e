// The stretches of time that the overview can show; the server chooses how long each bar is.
export const ranges = {
  '1h': { label: '1 hour', minutes: 60, refreshMs: 5000 },
  '24h': { label: '24 hours', minutes: 24 * 60, refreshMs: 30_000 },
  '7d': { label: '7 days', minutes: 7 * 24 * 60, refreshMs: 60_000 },
  '30d': { label: '30 days', minutes: 30 * 24 * 60, refreshMs: 60_000 },
} as const;

export type RangeName = keyof typeof ranges;
export interface RangeSearch {
  readonly range?: RangeName;
}

/** The range in the address; the default one is not written there. */
export function parseRange(search: Readonly<Record<string, unknown>>): RangeSearch {
  const { range } = search;
  return typeof range === 'string' && range in ranges && range !== '1h' ? { range: range as RangeName } : {};
}
