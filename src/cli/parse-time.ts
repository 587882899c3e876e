// Times as people type them: ISO 8601, a date, or how long ago.
import { CliError, exitCodes } from './cli-error.ts';

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time as ISO text. `90m`, `2h` and `7d` are that long before `now`; a date without a time is its midnight in UTC. */
export function parseTime(text: string, now: number): string {
  const past = /^(\d{1,6})([smhd])$/.exec(text);
  const at = past ? now - Number(past[1]) * (units[past[2] ?? ''] ?? 0) : readTime(text);
  if (Number.isNaN(at))
    throw new CliError(
      `"${text}" is no time. Give one such as 2026-01-31T12:00:00Z, 2026-01-31, or 2h for two hours ago.`,
      {
        exitCode: exitCodes.usage,
      },
    );
  return new Date(at).toISOString();
}

/** Date.parse takes far more than dates; what begins like one is one. */
const readTime = (text: string): number => (/^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN);
