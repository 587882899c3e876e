// Dead letters as rows: how one is read, and which ones a selection means.
import type { DeadLetter, DeadLetterFilter, DeadLetterSelection } from '../delivery-reader.ts';
import { int, intOrNull, text } from './row.ts';
import type { Row } from './row.ts';

/** Part of a WHERE clause, with the values of its parameters. */
export interface Condition {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

export const toDeadLetter = (row: Row): DeadLetter => ({
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
  editedAt: intOrNull(row, 'edited_at'),
  requeued: row['state'] === 'requeued',
  body: text(row, 'body'),
});

export function whereOf({ reason, messageId, sourceId, from, to }: DeadLetterFilter): Condition {
  const parts: readonly (readonly [string, string | number | undefined])[] = [
    ['AND instr(lower(reason), lower(?)) > 0', reason],
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
