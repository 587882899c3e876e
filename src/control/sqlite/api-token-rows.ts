// Tokens of the control API as rows. Only a token's hash is stored.
import type { StatementSync } from 'node:sqlite';
import { InputError } from '../../errors/errors.ts';
import type { ApiToken } from '../model.ts';
import { toApiToken } from './rows.ts';

type Sql = (text: string) => StatementSync;

/** Throws InputError `conflict` when the id or the token is there already. */
export function insertToken(sql: Sql, { id, name, role, createdAt }: ApiToken, sha256: string): void {
  if (sql('SELECT 1 FROM api_token WHERE id = ? OR sha256 = ?').get(id, sha256))
    throw new InputError('conflict', 'This token exists already.');
  sql('INSERT INTO api_token VALUES (?, ?, ?, ?, ?)').run(id, name, role, sha256, createdAt);
}

export function readToken(sql: Sql, sha256: string): ApiToken | null {
  const row = sql('SELECT * FROM api_token WHERE sha256 = ?').get(sha256);
  return row ? toApiToken(row) : null;
}

/** All tokens, the oldest first. */
export const readTokens = (sql: Sql): readonly ApiToken[] =>
  sql('SELECT * FROM api_token ORDER BY created_at, id').all().map(toApiToken);

/** Removes a token and answers what it was. Throws InputError `not_found`. */
export function removeToken(sql: Sql, id: string): ApiToken {
  const row = sql('DELETE FROM api_token WHERE id = ? RETURNING *').get(id);
  if (!row) throw new InputError('not_found', `There is no token ${id}.`, 'id');
  return toApiToken(row);
}
