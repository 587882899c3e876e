// The latest connection test of each destination, in control.db.
import type { StatementSync } from 'node:sqlite';
import type { DestinationTest } from '../model.ts';

type Sql = (text: string) => StatementSync;

export const readDestinationTests = (sql: Sql): readonly DestinationTest[] =>
  sql('SELECT * FROM destination_test ORDER BY destination_id')
    .all()
    .map((row) => ({
      destinationId: String(row['destination_id']),
      at: Number(row['at']),
      ok: row['ok'] === 1,
      message: String(row['message']),
    }));

/** Lets it fall unless the destination is there in this version. */
export function writeDestinationTest(sql: Sql, test: DestinationTest, version: number): void {
  const { destinationId, at, ok, message } = test;
  sql(
    `INSERT OR REPLACE INTO destination_test SELECT id, ?3, ?4, ?5 FROM destination WHERE id = ?1 AND version = ?2`,
  ).run(destinationId, version, at, Number(ok), message);
}

export const forgetDestinationTest = (sql: Sql, destinationId: string): void => {
  sql('DELETE FROM destination_test WHERE destination_id = ?').run(destinationId);
};
