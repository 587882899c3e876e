// A time as people say it, with the exact one on hover; it keeps counting.
import { useEffect, useState } from 'react';

export interface TimeAgoProps {
  /** ISO 8601, or milliseconds since 1970. Null shows a dash. */
  readonly at: string | number | null | undefined;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function TimeAgo({ at }: TimeAgoProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  if (at === null || at === undefined) return <>–</>;
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <>{String(at)}</>;
  return (
    <time dateTime={time.toISOString()} title={time.toLocaleString()}>
      {timeAgo(time.getTime(), Math.max(now, Date.now()))}
    </time>
  );
}

/** "3 minutes ago", "in 2 hours", "now". */
export function timeAgo(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  const [unit, size] = units.find(([, one]) => Math.abs(seconds) >= one) ?? units[3];
  return words.format(Math.trunc(seconds / size), unit);
}
