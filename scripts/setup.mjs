// Makes a fresh clone ready: installs what the lockfile says when it has not been installed yet.
// Plain JavaScript without dependencies, because it runs under whatever Node the machine has (20 or later).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, 'node_modules', '.leat-setup');
const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  process.stderr.write('Setting up: installing dependencies from the lockfile …\n');
  // npm itself may be the older one; the lockfile decides every version. Not `npm ci`: it refuses a lockfile that lacks
  // the optional binary of some other platform, and not every registry serves all of them. `install --no-save` takes the
  // locked versions just the same and leaves the lockfile alone.
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  execFileSync(
    command,
    [...args, 'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  writeFileSync(stamp, wanted);
}
