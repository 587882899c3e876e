// The line that shows how far a backfill is. Pure text; the output decides whether and where it is drawn.
import { count } from './output.ts';

export interface Progress {
  readonly events: number;
  readonly elapsedMs: number;
  /** Share of the file that is done, 0 to 1; null when its size is not known. */
  readonly share: number | null;
}

const width = 24;

export function progressLine({ events, elapsedMs, share }: Progress): string {
  const rate = elapsedMs > 0 ? Math.round((events / elapsedMs) * 1000) : 0;
  const counted = `${count(events)} events  ${count(rate)}/s`;
  if (share === null) return counted;
  const done = Math.min(1, share);
  const filled = Math.round(done * width);
  const left = done > 0 && done < 1 ? `  ${remaining((elapsedMs / done) * (1 - done))} left` : '';
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(done * 100)).padStart(3)} %  ${counted}${left}`;
}

function remaining(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
