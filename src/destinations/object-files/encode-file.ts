// Makes a file of events: newline-delimited JSON, compressed, or Parquet.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encodeParquet } from './encode-parquet.ts';

export const fileFormats = ['ndjson', 'parquet'] as const;
export type FileFormat = (typeof fileFormats)[number];

export interface EncodedFile {
  readonly content: Uint8Array;
  readonly extension: string;
  readonly contentType: string;
}

const compress = promisify(gzip);

/** The same rows always make the same bytes. */
export async function encodeFile(rows: readonly unknown[], format: FileFormat): Promise<EncodedFile> {
  if (format === 'parquet')
    return { content: encodeParquet(rows), extension: 'parquet', contentType: 'application/vnd.apache.parquet' };
  const lines = rows.map((row) => `${JSON.stringify(row) ?? 'null'}\n`).join('');
  // Compressed on the pool of threads; a higher level costs twice the time for a twentieth of the size.
  const content = await compress(lines, { level: 5 });
  return { content, extension: 'ndjson.gz', contentType: 'application/gzip' };
}
