// A log with events beside a control.db that had to be made: keys, destinations and tokens of before are gone, so clients
// are answered as unknown. Nothing can be done about it here; it must not go unnoticed.
import type { LogReader } from '../log/event-log.ts';

/** What to tell whoever starts the server when control.db had to be made; null when the log is new too. */
export async function controlLost(
  log: Pick<LogReader, 'partitions' | 'range'>,
  controlFile: string,
): Promise<string | null> {
  let end = 1;
  for (const partition of await log.partitions()) end = Math.max(end, (await log.range(partition)).end);
  if (end <= 1) return null;
  return `${controlFile} was missing, although the event log holds events up to offset ${end - 1}. A new one was made: the sources, keys, destinations and tokens of before are not in it, and calls with the old keys are not taken. If it was lost, stop Leat and restore control.db from a backup.`;
}
