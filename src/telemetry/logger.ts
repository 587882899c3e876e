// One structured log for people and machines: pino, one JSON line per event on stderr, keys and secrets redacted.
import { pino } from 'pino';

/** What the rest of Leat needs of a logger: an object of fields, then a sentence. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Field names whose values never reach the log, wherever they stand up to two levels deep. */
const redacted = ['key', 'writeKey', 'token', 'secret', 'authorization', 'password', 'settings'];

/** A logger for one thread; `part` names it in each line. Writes synchronously, so that nothing is lost in a crash. */
export function createLogger(part: string, level: 'debug' | 'info' | 'warn' | 'error'): Logger {
  const paths = redacted.flatMap((name) => [name, `*.${name}`]);
  return pino({ level, base: { part }, redact: { paths, censor: '•••' } }, pino.destination({ dest: 2, sync: true }));
}
