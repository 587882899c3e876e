// Builds the console when its sources differ from what is built: installs what its lockfile says, runs Vite, compresses
// once what will be sent often, and puts the result in place in one step. Plain JavaScript, run under the pinned Node.
//   node scripts/build-console.mjs             builds when needed, and says what it does
//   node scripts/build-console.mjs --beside    the same as a process of its own, beside a server that starts meanwhile
//
// The server reads .cache/console-build.json: {state: 'building', pid} or {state: 'failed', message}; it is removed when
// the build is there. console/dist/.built holds the hash of the sources that were built.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const script = fileURLToPath(import.meta.url);
const root = path.dirname(path.dirname(script));
const folder = path.join(root, 'console');
const dist = path.join(folder, 'dist');
const next = path.join(folder, 'dist.next');
const stamp = path.join(dist, '.built');
const installed = path.join(folder, 'node_modules', '.leat-console');
const cache = path.join(root, '.cache');
const stateFile = path.join(cache, 'console-build.json');
const logFile = path.join(cache, 'console-build.log');
const windows = process.platform === 'win32';
const bin = path.join(root, 'node_modules', '.bin');
const node = path.join(bin, windows ? 'node.exe' : 'node');

const made = ['node_modules', 'dist', 'dist.next'];
const wanted = hashOf(
  readdirSync(folder)
    .filter((name) => !made.includes(name))
    .flatMap((name) =>
      statSync(path.join(folder, name)).isDirectory()
        ? readdirSync(path.join(folder, name), { recursive: true }).map((inner) => path.join(name, String(inner)))
        : [name],
    ),
);

if (process.argv.includes('--beside')) {
  if (!isBuilt()) beside();
} else await build();

/** Leaves this process to end at once; what the other one prints is kept for whoever has to mend it. */
function beside() {
  mkdirSync(cache, { recursive: true });
  const log = openSync(logFile, 'w');
  spawn(node, [script], { cwd: root, detached: true, windowsHide: true, stdio: ['ignore', log, log] }).unref();
  process.stderr.write('The console is being built beside the server; its page waits for it.\n');
}

async function build() {
  await otherBuild();
  if (isBuilt()) {
    rmSync(stateFile, { force: true });
    return;
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(stateFile, JSON.stringify({ state: 'building', pid: process.pid }));
  try {
    install();
    process.stderr.write('Building the console …\n');
    run(node, [path.join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', next, '--emptyOutDir']);
    compress(next);
    writeFileSync(path.join(next, '.built'), wanted);
    rmSync(dist, { recursive: true, force: true });
    renameSync(next, dist);
    rmSync(stateFile, { force: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    writeFileSync(stateFile, JSON.stringify({ state: 'failed', message }));
    process.stderr.write(`The console could not be built: ${message}\n`);
    process.exitCode = 1;
  }
}

/** Two builds in the same folder would spoil each other: the second waits, and mostly finds its work done. */
async function otherBuild() {
  for (;;) {
    const { state, pid } = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8') || '{}') : {};
    if (state !== 'building' || pid === process.pid || !isAlive(pid)) return;
    await delay(200);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/** Not `npm ci`, for the reason that setup.mjs gives. */
function install() {
  const lock = hashOf(['package-lock.json']);
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  process.stderr.write("Installing the console's dependencies from its lockfile …\n");
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [node, [npm]] : ['npm', []];
  const flags = [
    'install',
    '--no-save',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  run(command, [...args, ...flags], windows && !npm);
  writeFileSync(installed, lock);
}

/** Runs in the console's folder. The pinned Node comes first on the path, or npm would choose packages for another. */
function run(command, args, shell = false) {
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  // Set to `production` it would leave Vite out, set to `test` it would build React's development version.
  delete env.NODE_ENV;
  // npm tells its scripts where they were started from, which would send an inner npm back there.
  for (const name of Object.keys(env))
    if (/^npm_(?:package|lifecycle|config_local_prefix|command)/.test(name)) delete env[name];
  try {
    execFileSync(command, args, { cwd: folder, env, stdio: ['ignore', 2, 2], shell });
  } catch (error) {
    throw new Error(`${[path.basename(command), ...args].join(' ')} ended with ${error.status ?? error.code}.`, {
      cause: error,
    });
  }
}

function compress(within) {
  for (const name of readdirSync(within, { recursive: true })) {
    const file = path.join(within, name);
    if (!/\.(?:js|css|html|svg)$/.test(name) || !statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  }
}

function hashOf(names) {
  const hash = createHash('sha256');
  for (const name of names.toSorted()) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) hash.update(`${name}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
