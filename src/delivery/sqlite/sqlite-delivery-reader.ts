// Answers questions about delivery from delivery.db; usable read-only on another thread than the writer's.
import type { DatabaseSync } from 'node:sqlite';
import { isObject } from '../../lib/json.ts';
import { openSqlite, statements } from '../../lib/sqlite.ts';
import type {
  ActionLedgerRow,
  Attempt,
  BalanceSheet,
  ConfigVersion,
  DeadLetter,
  DeadLetterFilter,
  DelayRow,
  DeliveryPage,
  DeliveryReader,
  DestinationState,
  EventAside,
  LedgerRow,
  Standing,
} from '../delivery-reader.ts';
import type { ReplayFailure, ReplayRun } from '../replay/replay.ts';
import { countDeadLetters, readDeadLetter, readDeadLetters, readEdit } from './dead-letter-rows.ts';
import { readActionLedger, readDelays, readLedger } from './minute-rows.ts';
import { readFailures, readFailuresOf, toReplay } from './replay-rows.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';
import type { Row, Sql } from './row.ts';

/** Opens a file that a writer has created. The caller closes it. */
export function openSqliteDeliveryReader(path: string): DeliveryReader & { close(): Promise<void> } {
  return new SqliteDeliveryReader(openSqlite(path, { readOnly: true }));
}

export class SqliteDeliveryReader implements DeliveryReader {
  readonly db: DatabaseSync;
  readonly sql: Sql;

  constructor(db: DatabaseSync) {
    this.db = db;
    this.sql = statements(db);
  }

  async ledger(fromMinute: number, toMinute: number, stepMinutes = 1): Promise<readonly LedgerRow[]> {
    return readLedger(this.sql, fromMinute, toMinute, stepMinutes);
  }

  async actionLedger(fromMinute: number, toMinute: number, stepMinutes = 1): Promise<readonly ActionLedgerRow[]> {
    return readActionLedger(this.sql, fromMinute, toMinute, stepMinutes);
  }

  async delays(fromMinute: number, toMinute: number, stepMinutes = 1): Promise<readonly DelayRow[]> {
    return readDelays(this.sql, fromMinute, toMinute, stepMinutes);
  }

  async balanceSheets(): Promise<readonly BalanceSheet[]> {
    return this.#atOneMoment(() => {
      const sheets = new Map<
        string,
        { cursors: BalanceSheet['cursors'][number][]; sources: Map<string, SourceLine> }
      >();
      for (const row of this.sql('SELECT destination, partition, offset, audited FROM cursor').iterate()) {
        const sheet = getOrPut(sheets, text(row, 'destination'), () => ({ cursors: [], sources: new Map() }));
        sheet.cursors.push({
          partition: int(row, 'partition'),
          offset: int(row, 'offset'),
          auditedTo: int(row, 'audited'),
        });
      }
      const add = (row: Row, column: Exclude<keyof SourceLine, 'sourceId'>): void => {
        const sourceId = text(row, 'source');
        const sheet = sheets.get(text(row, 'destination'));
        if (sheet) getOrPut(sheet.sources, sourceId, () => newSourceLine(sourceId))[column] += int(row, 'events');
      };
      for (const row of this.sql('SELECT destination, source, outcome, events FROM total').iterate()) {
        const outcome = text(row, 'outcome');
        if (outcome === 'delivered' || outcome === 'filtered' || outcome === 'failed' || outcome === 'discarded') {
          add(row, outcome);
        }
      }
      const parked = 'SELECT destination, source, count(*) AS events FROM parked GROUP BY destination, source';
      for (const row of this.sql(parked).iterate()) add(row, 'parked');
      for (const row of this.sql('SELECT destination, source, events FROM audit').iterate()) add(row, 'audited');
      return [...sheets].map(([destinationId, { cursors, sources }]) => ({
        destinationId,
        cursors,
        sources: [...sources.values()],
      }));
    });
  }

  async states(): Promise<readonly DestinationState[]> {
    return this.#atOneMoment(() => {
      const counts = (query: string): Map<string, number> =>
        new Map(
          this.sql(query)
            .all()
            .map((row) => [text(row, 'destination'), int(row, 'events')]),
        );
      const parked = counts('SELECT destination, count(*) AS events FROM parked GROUP BY destination');
      // A dead letter is what `failed` counts, one for one.
      const dead = counts(
        `SELECT destination, sum(events) AS events FROM total WHERE outcome = 'failed' GROUP BY destination`,
      );
      const cursors = this.sql('SELECT destination, partition, start, offset FROM cursor').all();
      const conditions = new Map(
        this.sql('SELECT * FROM condition')
          .all()
          .map((row) => [text(row, 'destination'), row]),
      );
      return [...new Set(cursors.map((row) => text(row, 'destination')))].map((destinationId) => ({
        destinationId,
        cursors: cursors
          .filter((row) => row['destination'] === destinationId)
          .map((row) => ({ partition: int(row, 'partition'), start: int(row, 'start'), offset: int(row, 'offset') })),
        parked: parked.get(destinationId) ?? 0,
        deadLetters: dead.get(destinationId) ?? 0,
        ...toCondition(conditions.get(destinationId)),
      }));
    });
  }

  async attempts(partition: number, offset: number): Promise<readonly Attempt[]> {
    return this.sql('SELECT * FROM attempt WHERE partition = ? AND offset = ? ORDER BY at, attempt')
      .all(partition, offset)
      .map(toAttempt);
  }

  async attemptsAt(
    destinationId: string,
    cursor: string | null,
    limit: number,
    outcome?: Attempt['outcome'],
  ): Promise<DeliveryPage<Attempt>> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor);
    // The index by destination holds the row's number, so this reads no more rows than it gives, filtered ones aside.
    const rows = this.sql(
      `SELECT rowid AS row, * FROM attempt INDEXED BY attempt_of_destination
       WHERE destination = ? AND rowid < ? ${outcome === undefined ? '' : 'AND outcome = ?'} ORDER BY rowid DESC LIMIT ?`,
    ).all(destinationId, before, ...(outcome === undefined ? [] : [outcome]), limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { items: page.map(toAttempt), next: rows.length > limit && last ? String(int(last, 'row')) : null };
  }

  async deadLetters(
    destinationId: string,
    cursor: string | null,
    limit: number,
    filter: DeadLetterFilter = {},
  ): Promise<DeliveryPage<DeadLetter>> {
    return readDeadLetters(this.sql, destinationId, cursor, limit, filter);
  }

  async countDeadLetters(destinationId: string, filter: DeadLetterFilter = {}): Promise<number> {
    return countDeadLetters(this.sql, destinationId, filter);
  }

  async deadLetter(destinationId: string, id: number): Promise<DeadLetter | null> {
    return readDeadLetter(this.sql, destinationId, id);
  }

  async standing(destinationId: string, partition: number, offset: number): Promise<Standing> {
    return this.#atOneMoment(() => {
      const key = [destinationId, partition, offset] as const;
      const cursor = this.sql('SELECT start, offset, reached FROM cursor WHERE destination = ? AND partition = ?').get(
        destinationId,
        partition,
      );
      if (!cursor) return 'not reached';
      if (offset < int(cursor, 'start')) return 'before start';
      if (this.sql('SELECT 1 FROM parked WHERE destination = ? AND partition = ? AND offset = ?').get(...key)) {
        return 'parked';
      }
      const dead = this.sql('SELECT state FROM dead_letter WHERE destination = ? AND partition = ? AND offset = ?').get(
        ...key,
      );
      if (dead) return dead['state'] === 'discarded' ? 'discarded' : 'dead letter';
      // Gaps do not overlap, so only the last one that begins at or before can hold it.
      const gap = this.sql(
        `SELECT to_offset, reason FROM gap WHERE destination = ? AND partition = ? AND from_offset <= ?
         ORDER BY from_offset DESC LIMIT 1`,
      ).get(...key);
      if (gap && offset < int(gap, 'to_offset')) return gap['reason'] === 'skipped' ? 'skipped' : 'discarded';
      if (offset < int(cursor, 'offset')) return 'done';
      return offset < int(cursor, 'reached') ? 'in flight' : 'not reached';
    });
  }

  async configAt(destinationId: string, partition: number, offset: number): Promise<ConfigVersion | null> {
    return this.#atOneMoment(() => {
      const cursor = this.sql('SELECT start, reached FROM cursor WHERE destination = ? AND partition = ?').get(
        destinationId,
        partition,
      );
      if (!cursor || offset < int(cursor, 'start') || offset >= int(cursor, 'reached')) return null;
      const row = this.sql(
        `SELECT * FROM version WHERE destination = ? AND partition = ? AND from_offset <= ?
         ORDER BY from_offset DESC LIMIT 1`,
      ).get(destinationId, partition, offset);
      if (!row) return null;
      const config: unknown = JSON.parse(text(row, 'config'));
      return {
        partition,
        from: int(row, 'from_offset'),
        version: int(row, 'version'),
        codeVersion: text(row, 'code_version'),
        config: isObject(config) ? config : {},
      };
    });
  }

  async replays(destinationId: string | null): Promise<readonly ReplayRun[]> {
    return this.sql('SELECT * FROM replay WHERE destination = coalesce(?, destination) ORDER BY created_at DESC, id')
      .all(destinationId)
      .map(toReplay);
  }

  async replay(id: string): Promise<ReplayRun | null> {
    const row = this.sql('SELECT * FROM replay WHERE id = ?').get(id);
    return row ? toReplay(row) : null;
  }

  async replayFailures(id: string, cursor: string | null, limit: number): Promise<DeliveryPage<ReplayFailure>> {
    return readFailures(this.sql, id, cursor, limit);
  }

  async aside(...[destinationId, partition, offset]: [string, number, number]): Promise<EventAside> {
    const at = [this.sql, destinationId, partition, offset] as const;
    return { edit: readEdit(...at), replayFailures: readFailuresOf(...at) };
  }

  async close(): Promise<void> {
    this.db.close();
  }

  /** Runs several reads on one snapshot of the database. */
  #atOneMoment<T>(read: () => T): T {
    this.db.exec('BEGIN');
    try {
      return read();
    } finally {
      this.db.exec('COMMIT');
    }
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type SourceLine = Mutable<BalanceSheet['sources'][number]>;

const newSourceLine = (sourceId: string): SourceLine => ({
  sourceId,
  delivered: 0,
  filtered: 0,
  discarded: 0,
  failed: 0,
  parked: 0,
  audited: 0,
});

function getOrPut<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}

/** A destination's condition as stored; the state of a new one without a row. */
export function toCondition(row: Row | undefined) {
  return {
    breaker: (row ? text(row, 'breaker') : 'closed') as DestinationState['breaker'],
    breakerReason: row ? textOrNull(row, 'breaker_reason') : null,
    nextProbeAt: row ? intOrNull(row, 'next_probe_at') : null,
    lastSuccessAt: row ? intOrNull(row, 'last_success_at') : null,
    lastError: row ? textOrNull(row, 'last_error') : null,
    lastErrorAt: row ? intOrNull(row, 'last_error_at') : null,
    askedUntil: row ? intOrNull(row, 'asked_until') : null,
    disabledAt: row ? intOrNull(row, 'disabled_at') : null,
  };
}

const toAttempt = (row: Parameters<typeof int>[0]): Attempt => ({
  destinationId: text(row, 'destination'),
  partition: int(row, 'partition'),
  offset: int(row, 'offset'),
  action: text(row, 'action'),
  attempt: int(row, 'attempt'),
  at: int(row, 'at'),
  durationMs: int(row, 'duration_ms'),
  outcome: text(row, 'outcome') as Attempt['outcome'],
  status: intOrNull(row, 'status'),
  error: textOrNull(row, 'error'),
  request: textOrNull(row, 'request'),
  response: textOrNull(row, 'response'),
  version: int(row, 'version'),
});
