// The doctor's look at the server itself: disk, log, workspace, ledger. Pure.
import { fail, note, ok, warn } from './finding.ts';
import type { Finding } from './finding.ts';
import { count, size, things } from './output.ts';
import type { LedgerView, StatusView } from './status-command.ts';

const gigabyte = 1e9;
/** At 2,000 events a second the workspace catches this up within seconds; more is a queue that grows. */
const longLag = 100_000;

export function* examineServer(status: StatusView, ledger: LedgerView): Generator<Finding> {
  yield* examineDisk(status);
  yield* examineLog(status);
  const { lag } = status.workspace;
  if (lag > longLag)
    yield warn(
      'workspace',
      `The workspace is ${count(lag)} events behind.`,
      'It yields to incoming events and catches up after a peak. If this number grows all day, the machine is too small.',
    );
  else
    yield ok(
      'workspace',
      lag === 0 ? 'The workspace is up to date.' : `The workspace is ${things(lag, 'event')} behind.`,
    );
  if (ledger.balanced) yield ok('ledger', 'The ledger balances: every accepted event is accounted for.');
  else {
    const off = ledger.items.filter(({ balanced }) => balanced === false);
    const where = off.map(({ sourceId, destinationId }) => `${sourceId} → ${destinationId}`).join(', ');
    yield fail(
      'ledger',
      `The ledger does not balance${where === '' ? '' : ` for ${where}`}: what the log counted and what became of it differ.`,
      'This is a fault of Leat, not of the set-up. Keep the data folder and report it with the output of `leat status --json`.',
    );
  }
}

function* examineDisk({ disk, log }: StatusView): Generator<Finding> {
  if (!disk) return;
  const free = `${size(disk.freeBytes)} of ${size(disk.totalBytes)} are free on the disk of the data folder`;
  const remedy =
    'Free space, move LEAT_DATA_DIR to a larger disk, or keep less: LEAT_RETENTION_DAYS, LEAT_RETENTION_GB.';
  if (disk.freeBytes < 0.2 * gigabyte)
    yield fail('disk', `Only ${free}. When it is full, calls are answered 503.`, remedy);
  else if (disk.freeBytes < 2 * gigabyte || disk.freeBytes < 0.05 * disk.totalBytes)
    yield warn('disk', `Only ${free}.`, remedy);
  else yield ok('disk', `${free}; the log takes ${size(log.bytes)}.`);
}

function* examineLog({ log }: StatusView): Generator<Finding> {
  if (log.unavailable !== null) {
    yield fail(
      'log',
      `The log cannot store: ${log.unavailable}`,
      'Clients are answered 503 until this is mended; nothing answered 200 is lost.',
    );
    return;
  }
  if (log.warning !== null)
    yield warn('log', `The log stores, but: ${log.warning}`, 'Look at the server’s log output.');
  if (log.dedup.bounded)
    yield note(
      'duplicates',
      `Duplicates are recognised since ${log.dedup.since} only: the memory for it is full with ${count(log.dedup.ids)} ids.`,
      'Raise LEAT_DEDUP_MEMORY_MB if clients repeat calls after longer than that.',
    );
}
