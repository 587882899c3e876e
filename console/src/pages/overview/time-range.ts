// The stretches of time that the overview can show, each in bars that a screen can hold.
export const ranges = {
  '1h': { label: '1 hour', minutes: 60, bucketMinutes: 1, refreshMs: 10_000 },
  '6h': { label: '6 hours', minutes: 360, bucketMinutes: 5, refreshMs: 30_000 },
  '24h': { label: '24 hours', minutes: 1440, bucketMinutes: 20, refreshMs: 60_000 },
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
