// What the first start makes and shows. A start may fail after it made the first source, at a port that is taken for
// instance; a file in the data folder says that nobody has seen the key yet, until a start has listened.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Settings } from '../config/settings-table.ts';
import type { ControlStore } from '../control/control-store.ts';
import { ensureFirstSource } from '../control/first-source.ts';
import { workspaceActions } from '../workspace/default-actions.ts';

/** A key that the start lines may show. */
export interface FirstKey {
  readonly key: string;
  /** Name of its source. */
  readonly source: string;
}

export interface FirstStart {
  /** Null once a start has listened, and when the only key is a secret one. */
  readonly firstKey: FirstKey | null;
  /** The server listens and is about to show the key: later starts do not. */
  listened(): void;
}

/**
 * Makes what a fresh installation begins with, as far as it is missing. `file` is the mark; folders that were in use
 * before there was one have none, and show nothing again.
 * @throws InputError `invalid_request` when LEAT_WRITE_KEY is not usable as a key.
 */
export async function beginFirstStart(
  control: ControlStore,
  settings: Pick<Settings, 'LEAT_REGION' | 'LEAT_WRITE_KEY'>,
  { file, now }: { readonly file: string; readonly now: number },
): Promise<FirstStart> {
  // Before the source is made: however this start ends, the key is still to be shown.
  if ((await control.snapshot()).sources.length === 0) writeFileSync(file, '');
  const { source, key } = await ensureFirstSource(control, {
    region: settings.LEAT_REGION,
    writeKey: settings.LEAT_WRITE_KEY,
    workspaceActions: workspaceActions(),
    now,
  });
  const shown = key?.class === 'public' && existsSync(file);
  return {
    firstKey: shown ? { key: key.key, source: source.name } : null,
    listened: () => rmSync(file, { force: true }),
  };
}
