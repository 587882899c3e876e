import { scannedRows, testWorkspaceScans } from '../workspace-scans.contract.ts';
import { openSqliteWorkspaceReader } from './sqlite-workspace-reader.ts';
import { WorkspaceBed } from './workspace-bed.fixture.ts';

testWorkspaceScans('SQLite', async () => {
  const bed = new WorkspaceBed();
  const reader = openSqliteWorkspaceReader(bed.file, { scannedRows });
  return {
    reader,
    append: (call) => bed.append(call),
    catchUp: () => bed.catchUp(),
    apply: (...calls) => bed.apply(...calls),
    close: async () => {
      await reader.close();
      await bed.close();
    },
  };
});
