// How a source is doing in one word, and its traffic in short numbers. Pure.
import type { Source } from './source-queries.ts';

interface Health {
  readonly tone: 'good' | 'bad' | 'warn' | 'idle';
  readonly text: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const since = (at: string | null): number => (at === null ? 0 : Date.parse(at));

/** Worst first: what keeps calls out goes before what was odd about them. */
export function sourceHealth({ enabled, keys, activity }: Source, now: number): Health {
  if (!enabled) return { tone: 'idle', text: 'Disabled' };
  if (keys.every(({ revokedAt }) => revokedAt !== null)) return { tone: 'bad', text: 'No working key' };
  const accepted = since(activity.lastAcceptedAt);
  const rejected = since(activity.lastRejectedAt);
  if (rejected > accepted) return { tone: 'bad', text: 'Rejecting' };
  if (accepted === 0) return { tone: 'idle', text: 'Waiting for a first call' };
  if (now - rejected < dayMs) return { tone: 'warn', text: 'Some rejected' };
  if (now - since(activity.overRateAt) < dayMs) return { tone: 'warn', text: 'Above soft limit' };
  if (now - accepted > dayMs) return { tone: 'idle', text: 'Quiet' };
  return { tone: 'good', text: 'Receiving' };
}

/** Share of calls that were not taken, such as `1.2 %`; null before any call. */
export function rejectedShare({ activity: { accepted, rejected } }: Source): string | null {
  const all = accepted + rejected;
  if (all === 0) return null;
  const share = (rejected / all) * 100;
  if (rejected > 0 && share < 0.1) return '< 0.1 %';
  return `${share.toFixed(share < 10 ? 1 : 0)} %`;
}

export const formatCount = (count: number): string => count.toLocaleString('en');
