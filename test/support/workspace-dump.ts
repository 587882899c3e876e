// The workspace's state as text, read from the data folder of a server that has stopped.
import path from 'node:path';
import { dumpState } from '../../src/workspace/dump-state.ts';
import { openSqliteWorkspace } from '../../src/workspace/sqlite/open-sqlite-workspace.ts';

/** Every line of the state, in its fixed order. */
export async function workspaceDump(dataDir: string): Promise<readonly string[]> {
  const store = openSqliteWorkspace(path.join(dataDir, 'workspace.db'));
  try {
    return await Array.fromAsync(dumpState(store));
  } finally {
    await store.close();
  }
}
