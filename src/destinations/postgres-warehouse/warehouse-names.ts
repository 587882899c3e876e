// Names of tables and columns: snake_case, fit for PostgreSQL without quotes as far as that goes, never longer than it
// allows, and the same for the same event name at all times.
import { createHash } from 'node:crypto';
import { snakeCase } from '../../lib/word-case.ts';

/** PostgreSQL cuts identifiers off after this many bytes (NAMEDATALEN − 1), which would make two names one. */
const longestName = 63;

/** Empty when nothing of `text` can be part of a name. */
export function toName(text: string): string {
  const snake = snakeCase(text);
  const name = /^\p{N}/u.test(snake) ? `_${snake}` : snake;
  if (Buffer.byteLength(name) <= longestName) return name;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  // Half a surrogate pair at the end becomes U+FFFD, which is no longer than the pair was.
  let kept = name;
  while (Buffer.byteLength(kept) > longestName - digest.length - 1) kept = kept.slice(0, -1);
  return `${kept.toWellFormed()}_${digest}`;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
