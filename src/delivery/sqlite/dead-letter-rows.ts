// Dead letters as rows: how one is read, and which ones a selection means.
import type { DeadLetter, DeadLetterFilter, DeadLetterSelection, DeliveryPage, EventEdit } from '../delivery-reader.ts';
import type { EditedDeadLetter } from '../delivery-store.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';
import type { Row, Sql } from './row.ts';

/** Part of a WHERE clause, with the values of its parameters. */
export interface Condition {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

const toDeadLetter = (row: Row): DeadLetter => ({
  id: int(row, 'id'),
  destinationId: text(row, 'destination'),
  partition: int(row, 'partition'),
  offset: int(row, 'offset'),
  sourceId: text(row, 'source'),
  messageId: text(row, 'message_id'),
  receivedAt: int(row, 'received_at'),
  diedAt: int(row, 'died_at'),
  attempts: int(row, 'attempts'),
  reason: text(row, 'reason'),
  answer: toAnswer(row),
  editedAt: intOrNull(row, 'edited_at'),
  requeued: row['state'] === 'requeued',
  body: text(row, 'body'),
});

function toAnswer(row: Row): DeadLetter['answer'] {
  const response = textOrNull(row, 'answer');
  if (response === null) return null;
  // As the try was recorded: the status, an empty line, the body.
  const body = response.indexOf('\n\n');
  return { status: intOrNull(row, 'answer_status'), text: body < 0 ? '' : response.slice(body + 2) };
}

/** A list wants the receiver's words, not its whole page. */
const answerLength = 500;
const lastFailure = (column: string): string =>
  `(SELECT ${column} FROM attempt WHERE partition = dead_letter.partition AND offset = dead_letter.offset
    AND destination = dead_letter.destination AND outcome <> 'delivered' ORDER BY at DESC, attempt DESC LIMIT 1)`;
const answerStart = lastFailure(`substr(response, 1, ${answerLength})`);
const selected = `SELECT *, ${lastFailure('status')} AS answer_status,
  ${answerStart} AS answer FROM dead_letter
  WHERE destination = ? AND state <> 'discarded'`;

export function readDeadLetters(
  sql: Sql,
  destinationId: string,
  cursor: string | null,
  limit: number,
  filter: DeadLetterFilter,
): DeliveryPage<DeadLetter> {
  const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor);
  const { where, values } = whereOf(filter);
  const items = sql(`${selected} AND id < ? ${where} ORDER BY id DESC LIMIT ?`)
    .all(destinationId, before, ...values, limit + 1)
    .map(toDeadLetter);
  const page = items.slice(0, limit);
  return { items: page, next: items.length > limit ? String(page.at(-1)?.id) : null };
}

export function readDeadLetter(sql: Sql, destinationId: string, id: number): DeadLetter | null {
  const row = sql(`${selected} AND id = ?`).get(destinationId, id);
  return row ? toDeadLetter(row) : null;
}

export function countDeadLetters(sql: Sql, destinationId: string, filter: DeadLetterFilter): number {
  const { where, values } = whereOf(filter);
  const row = sql(`SELECT count(*) AS n FROM dead_letter WHERE destination = ? AND state <> 'discarded' ${where}`).get(
    destinationId,
    ...values,
  );
  return row ? int(row, 'n') : 0;
}

function whereOf({ reason, messageId, sourceId, from, to }: DeadLetterFilter): Condition {
  const parts: readonly (readonly [string, string | number | undefined])[] = [
    [`AND instr(lower(reason || char(10) || coalesce(${answerStart}, '')), lower(?)) > 0`, reason],
    ['AND message_id = ?', messageId],
    ['AND source = ?', sourceId],
    ['AND died_at >= ?', from],
    ['AND died_at < ?', to],
  ];
  const given = parts.filter((part): part is readonly [string, string | number] => part[1] !== undefined);
  return { where: given.map(([where]) => where).join(' '), values: given.map(([, value]) => value) };
}

/** The selection as conditions that no row meets twice, each naming at most `most` ids. */
export function conditionsOf(selection: DeadLetterSelection, most: number): readonly Condition[] {
  if (selection === 'all') return [whereOf({})];
  if (!isIds(selection)) return [whereOf(selection)];
  const ids = [...new Set(selection)];
  return Array.from({ length: Math.ceil(ids.length / most) }, (_, slice) => ({
    where: 'AND id IN (SELECT value FROM json_each(?))',
    values: [JSON.stringify(ids.slice(slice * most, (slice + 1) * most))],
  }));
}

const isIds = (selection: Exclude<DeadLetterSelection, 'all'>): selection is readonly number[] =>
  Array.isArray(selection);

/**
 * Puts an edited event in a dead letter's place, and keeps it as long as the log keeps the one that came in: the dead
 * letter goes once it is delivered. Runs inside a transaction; answers whether there was one to edit.
 */
export function editLetter(sql: Sql, destinationId: string, id: number, edited: EditedDeadLetter): boolean {
  const { body, orderKeys, editedAt } = edited;
  const { changes } = sql(
    `UPDATE dead_letter SET body = ?, order_keys = ?, edited_at = ?
     WHERE destination = ? AND id = ? AND state = 'dead'`,
  ).run(body, JSON.stringify(orderKeys), editedAt, destinationId, id);
  if (Number(changes) === 0) return false;
  sql(
    `INSERT OR REPLACE INTO edited SELECT destination, partition, offset, edited_at, body FROM dead_letter
     WHERE destination = ? AND id = ?`,
  ).run(destinationId, id);
  return true;
}

/** The event as a user last changed it for one destination; null when it is as it came in. */
export function readEdit(sql: Sql, destinationId: string, partition: number, offset: number): EventEdit | null {
  const row = sql('SELECT at, body FROM edited WHERE destination = ? AND partition = ? AND offset = ?').get(
    destinationId,
    partition,
    offset,
  );
  return row ? { at: int(row, 'at'), body: text(row, 'body') } : null;
}
