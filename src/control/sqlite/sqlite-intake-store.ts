// IntakeStore on node:sqlite.
//
// Commit: rejections that arrive in one turn of the event loop share one transaction and its fsync; each caller's
// promise settles with that transaction, so a 200 in permissive mode is as durable as its record (guarantee G1).
// Bounds: detail per source is kept within a byte budget, the oldest going first in strides of a sixteenth so that the
// deletes are few; counts stay, by minute for as long as rejection-minutes.ts says. Unknown keys are one row per (prefix, reason, address, client), at most `unknownKeys`
// rows, the longest unseen going first. So nobody can fill the disk by sending rubbish.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { FaultError } from '../../errors/errors.ts';
import { statements, transaction } from '../../lib/sqlite.ts';
import type { Page } from '../control-store.ts';
import type {
  IntakeStore,
  Rejection,
  RejectionMinute,
  RejectionQuery,
  Repeats,
  SourceActivity,
  StoredRejection,
  UnknownKey,
} from '../intake-store.ts';
import { boundRejection } from '../bound-rejection.ts';
import { toSourceActivity, toStoredRejection, toUnknownKey } from './intake-rows.ts';
import { RejectionMinutes } from './rejection-minutes.ts';
import { RepeatRows } from './repeat-rows.ts';
import { storeFault } from './store-fault.ts';

export interface IntakeLimits {
  /** Detail kept per source, and as much under unrecognised keys, in bytes. @default 8 MiB */
  readonly detailBytes: number;
  /** Unknown keys remembered. @default 1000 */
  readonly unknownKeys: number;
  /** Rows of rejections by minute. @default 250_000 */
  readonly rejectionMinutes: number;
  /** Events with repeats per source. @default 10_000 */
  readonly repeats: number;
}

const defaultLimits: IntakeLimits = {
  detailBytes: 8 * 1024 * 1024,
  unknownKeys: 1000,
  rejectionMinutes: 250_000,
  repeats: 10_000,
};

interface Waiting {
  readonly rejections: readonly Rejection[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class SqliteIntakeStore implements IntakeStore {
  readonly #db: DatabaseSync;
  readonly #sql: (text: string) => StatementSync;
  readonly #limits: IntakeLimits;
  readonly #minutes: RejectionMinutes;
  readonly #repeats: RepeatRows;
  #waiting: Waiting[] = [];
  #closed = false;

  /** Works on a migrated database that the caller opens and closes. */
  constructor(db: DatabaseSync, limits: Partial<IntakeLimits> = {}) {
    this.#db = db;
    this.#sql = statements(db);
    this.#limits = { ...defaultLimits, ...limits };
    this.#minutes = new RejectionMinutes(this.#sql, this.#limits.rejectionMinutes);
    this.#repeats = new RepeatRows(this.#sql, this.#limits.repeats);
    storeFault(() => this.#dropOrphans());
  }

  async reject(rejections: readonly Rejection[]): Promise<void> {
    this.#assertOpen();
    if (rejections.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ rejections, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  async listRejections(query: RejectionQuery): Promise<Page<StoredRejection>> {
    this.#assertOpen();
    const { sourceId, reason, before = Number.MAX_SAFE_INTEGER, limit } = query;
    const where = reason === undefined ? '' : 'AND reason = ?';
    const values = [sourceId ?? '', ...(reason === undefined ? [] : [reason]), before, limit + 1];
    const rows = storeFault(() =>
      this.#sql(`SELECT * FROM rejection WHERE source_id = ? ${where} AND id < ? ORDER BY id DESC LIMIT ?`).all(
        ...values,
      ),
    );
    const items = rows.slice(0, limit).map(toStoredRejection);
    return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
  }

  async findRejections(messageId: string, limit: number): Promise<readonly StoredRejection[]> {
    this.#assertOpen();
    const query = 'SELECT * FROM rejection WHERE message_id = ? ORDER BY id DESC LIMIT ?';
    return storeFault(() => this.#sql(query).all(messageId, limit)).map(toStoredRejection);
  }

  async rejectionCounts(
    sourceId: string | null,
  ): Promise<readonly { readonly reason: string; readonly count: number }[]> {
    this.#assertOpen();
    const query = 'SELECT reason, count FROM rejection_count WHERE source_id = ? ORDER BY count DESC, reason';
    const rows = storeFault(() => this.#sql(query).all(sourceId ?? ''));
    return rows.map((row) => ({ reason: String(row['reason']), count: Number(row['count']) }));
  }

  async rejectionMinutes(fromMinute: number, toMinute: number, stepMinutes = 1): Promise<readonly RejectionMinute[]> {
    this.#assertOpen();
    return storeFault(() => this.#minutes.read(fromMinute, toMinute, stepMinutes));
  }

  async listUnknownKeys(limit: number): Promise<readonly UnknownKey[]> {
    this.#assertOpen();
    const query = 'SELECT * FROM unknown_key ORDER BY last_at DESC LIMIT ?';
    return storeFault(() => this.#sql(query).all(limit)).map(toUnknownKey);
  }

  async recordRepeats(repeats: readonly Repeats[]): Promise<void> {
    this.#assertOpen();
    storeFault(() => transaction(this.#db, () => this.#repeats.merge(repeats)));
  }

  async findRepeats(sourceId: string, messageId: string): Promise<Repeats | null> {
    this.#assertOpen();
    return storeFault(() => this.#repeats.find(sourceId, messageId));
  }

  async recordActivity(activity: readonly SourceActivity[]): Promise<void> {
    this.#assertOpen();
    storeFault(() =>
      transaction(this.#db, () => {
        for (const seen of activity) this.#mergeActivity(seen);
      }),
    );
  }

  async listActivity(): Promise<readonly SourceActivity[]> {
    this.#assertOpen();
    return storeFault(() => this.#sql('SELECT * FROM source_activity').all()).map(toSourceActivity);
  }

  /** Commits what is waiting; every later call is refused. The owner closes the database afterwards. */
  close(): void {
    this.#closed = true;
    this.#commit();
  }

  #commit(): void {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    try {
      storeFault(() => transaction(this.#db, () => this.#store(group.flatMap(({ rejections }) => rejections))));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  #store(rejections: readonly Rejection[]): void {
    const added = new Map<string, number>();
    let unknown = false;
    for (const given of rejections) {
      const rejection = boundRejection(given);
      const sourceId = rejection.sourceId ?? '';
      const bytes = this.#insert(rejection);
      added.set(sourceId, (added.get(sourceId) ?? 0) + bytes);
      this.#sql(
        'INSERT INTO rejection_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
      ).run(sourceId, rejection.reason, rejection.calls ?? 1);
      this.#minutes.count(sourceId, rejection);
      if (rejection.sourceId === null) {
        this.#countUnknown(rejection);
        unknown = true;
      }
    }
    for (const [sourceId, bytes] of added) this.#keepWithinBudget(sourceId, bytes);
    if (unknown) this.#boundUnknown();
    this.#minutes.trim();
  }

  #insert(rejection: Rejection): number {
    const { sourceId, at, reason, message, field, route, size, sample, client, ip, keyPrefix, strict } = rejection;
    const messageId = rejection.messageId ?? null;
    const texts = [reason, message, field ?? '', route, sample, client, ip, keyPrefix ?? '', messageId ?? ''];
    const bytes = rowOverheadBytes + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    this.#sql(
      `INSERT INTO rejection (source_id, at, reason, message, field, route, size, sample, client, ip, key_prefix, strict,
       message_id, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      sourceId ?? '',
      at,
      reason,
      message,
      field,
      route,
      size,
      sample,
      client,
      ip,
      keyPrefix,
      Number(strict),
      messageId,
      bytes,
    );
    return bytes;
  }

  #countUnknown({ keyPrefix, reason, ip, client, at, message }: Rejection): void {
    this.#sql(
      `INSERT INTO unknown_key VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + 1,
       first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at), message = excluded.message`,
    ).run(keyPrefix ?? '', reason, ip, client, at, at, message);
  }

  #keepWithinBudget(sourceId: string, added: number): void {
    const used = Number(
      this.#sql('SELECT bytes FROM rejection_usage WHERE source_id = ?').get(sourceId)?.['bytes'] ?? 0,
    );
    let bytes = used + added;
    if (bytes > this.#limits.detailBytes) {
      const target = this.#limits.detailBytes - this.#limits.detailBytes / 16;
      let upTo = 0;
      const oldest = this.#sql('SELECT id, bytes FROM rejection WHERE source_id = ? ORDER BY id');
      for (const row of oldest.iterate(sourceId)) {
        if (bytes <= target) break;
        bytes -= Number(row['bytes']);
        upTo = Number(row['id']);
      }
      this.#sql('DELETE FROM rejection WHERE source_id = ? AND id <= ?').run(sourceId, upTo);
    }
    this.#sql('INSERT OR REPLACE INTO rejection_usage VALUES (?, ?)').run(sourceId, bytes);
  }

  #boundUnknown(): void {
    const rows = Number(this.#sql('SELECT count(*) AS n FROM unknown_key').get()?.['n'] ?? 0);
    const surplus = rows - this.#limits.unknownKeys;
    if (surplus <= 0) return;
    this.#sql(
      `DELETE FROM unknown_key WHERE (key_prefix, reason, ip, client) IN
       (SELECT key_prefix, reason, ip, client FROM unknown_key ORDER BY last_at LIMIT ?)`,
    ).run(surplus);
  }

  #mergeActivity(seen: SourceActivity): void {
    // The library and the message belong to the newer accepted call, whichever report came first.
    const newer = 'coalesce(excluded.last_accepted_at, -1) >= coalesce(last_accepted_at, -1)';
    const latest = (column: string): string =>
      `${column} = nullif(max(coalesce(${column}, 0), coalesce(excluded.${column}, 0)), 0)`;
    this.#sql(
      `INSERT INTO source_activity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
       last_library = CASE WHEN ${newer} THEN coalesce(excluded.last_library, last_library) ELSE last_library END,
       last_message_id = CASE WHEN ${newer} THEN coalesce(excluded.last_message_id, last_message_id) ELSE last_message_id END,
       ${latest('last_accepted_at')}, ${latest('last_rejected_at')}, ${latest('over_rate_at')},
       accepted = accepted + excluded.accepted, rejected = rejected + excluded.rejected,
       peak_rate = max(peak_rate, excluded.peak_rate)`,
    ).run(
      seen.sourceId,
      seen.lastAcceptedAt,
      seen.lastLibrary,
      seen.lastMessageId,
      seen.lastRejectedAt,
      seen.accepted,
      seen.rejected,
      seen.overRateAt,
      seen.peakRate,
    );
  }

  /** Reports of calls in flight when their source was deleted leave rows that nobody can reach. */
  #dropOrphans(): void {
    transaction(this.#db, () => {
      for (const table of [
        'repeat',
        'rejection',
        'rejection_count',
        'rejection_minute',
        'rejection_usage',
        'source_activity',
      ])
        this.#db.exec(`DELETE FROM ${table} WHERE source_id <> '' AND source_id NOT IN (SELECT id FROM source)`);
    });
  }

  #assertOpen(): void {
    if (this.#closed) throw new FaultError('shutting_down');
  }
}

/** What a row costs beside its texts: numbers, record header and its share of the indexes. */
const rowOverheadBytes = 160;
