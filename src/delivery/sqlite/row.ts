// Reads typed values out of SQLite rows. The schema is ours; each function says which type its column has.
import type { SQLOutputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;
/** Prepares a statement, once per text. */
export type Sql = (text: string) => StatementSync;

export const text = (row: Row, column: string): string => row[column] as string;
export const textOrNull = (row: Row, column: string): string | null => row[column] as string | null;
export const int = (row: Row, column: string): number => row[column] as number;
export const intOrNull = (row: Row, column: string): number | null => row[column] as number | null;
