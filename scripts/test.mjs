// Runs the suites. Says which are left out and why; in CI a missing prerequisite is a failure, not a skip.
//   node scripts/test.mjs            every suite
//   node scripts/test.mjs --soak     the long fault rounds and loads
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const soak = process.argv.includes('--soak');
const rest = process.argv.slice(2).filter((argument) => argument !== '--soak');

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
);
if (!chromium) {
  console.error(
    'Left out: the browser suites (test/**/*.browser.test.ts), because no Chromium is installed. On Debian: apt-get install chromium',
  );
  if (process.env.CI) process.exit(1);
}

if (!existsSync(path.join(root, 'connectors', 'segment', 'node_modules', '@segment', 'action-destinations'))) {
  console.error(
    'Left out: the suites of the cloud destinations (connectors/segment), because the pack is not installed. To install it: npm --prefix connectors/segment ci',
  );
  if (process.env.CI) process.exit(1);
}

const node = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
const filters = rest.length > 0 ? rest : soak ? ['test/fault'] : [];
const { status } = spawnSync(node, [vitest, 'run', ...filters], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...(soak && { LEAT_SOAK: '1' }), ...(chromium && { LEAT_TEST_CHROMIUM: chromium }) },
});
process.exit(status ?? 1);
