// Cursors, and single numbers kept under a name.
import type { StatementSync } from 'node:sqlite';
import type { WorkspaceCursor } from '../workspace-store.ts';

type Prepare = (sql: string) => StatementSync;

export const readCursors = (prepare: Prepare): readonly WorkspaceCursor[] =>
  prepare('SELECT partition, start, "offset", audited FROM cursor ORDER BY partition')
    .all()
    .map((row) => ({
      partition: Number(row['partition']),
      start: Number(row['start']),
      offset: Number(row['offset']),
      auditedTo: Number(row['audited']),
    }));

/** `log`: the log time. `last_object`: the last number of an object. `sweep_…`: how far the sweep of a stretch is. `syncs`: how often. */
type MetaName = 'log' | 'last_object' | 'sweep_stretch' | 'sweep_subject' | 'sweep_at' | 'sweep_number' | 'syncs';

/** 0 when nothing has been written yet. */
export const readMeta = (prepare: Prepare, name: MetaName): number =>
  Number(prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'] ?? 0);

export function writeMeta(prepare: Prepare, name: MetaName, value: number): void {
  prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
    name,
    value,
  );
}
