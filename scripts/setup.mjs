// Makes a fresh clone ready: installs what the lockfile says when it has not been installed yet, and sees to it that
// npm scripts find the pinned Node and the server's code compiled. Plain JavaScript without dependencies, because it runs
// under whatever Node the machine has (20 or later) and whatever npm came with it.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.leat-setup');
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  try {
    process.stderr.write('Setting up: installing dependencies from the lockfile …\n');
    install();
    linkNode();
    writeFileSync(stamp, wanted);
    await compile().catch((error) => note(error.message));
  } catch (error) {
    process.stderr.write(`Setting up failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/**
 * Not `npm ci`: it refuses a lockfile that lacks the optional binary of some other platform, and not every registry
 * serves all of them. `install --no-save` takes the locked versions just the same and leaves the lockfile alone.
 */
function install() {
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  execFileSync(
    command,
    [...args, 'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: ['ignore', 2, 2], shell: windows && !npm },
  );
}

/**
 * npm 10 leaves `.bin/node` out where several optional packages offer it, so it is made here. The version is checked,
 * because a script that fell back to the machine's Node would fail with something nobody understands.
 */
function linkNode() {
  const platform = `${windows ? 'win' : process.platform}-${process.arch}`;
  const file = windows ? 'node.exe' : 'node';
  const binary = [`node-${platform}`, `node-bin-${platform}`]
    .map((name) => path.join(modules, name, 'bin', file))
    .find((candidate) => existsSync(candidate));
  if (!binary)
    throw new Error(
      `there is no pinned Node for ${platform}. Leat runs on Linux and macOS (x64, arm64) and Windows (x64).`,
    );
  const link = path.join(modules, '.bin', file);
  if (!existsSync(link)) {
    mkdirSync(path.dirname(link), { recursive: true });
    rmSync(link, { force: true });
    if (windows) copyFileSync(binary, link);
    else symlinkSync(path.relative(path.dirname(link), binary), link);
  }
  // `npm start` lets the server take the shell's place, so that it gets the signals that npm passes on. There a shell
  // has a word for that; here one that does the same is put where npm scripts look.
  if (windows) writeFileSync(path.join(path.dirname(link), 'exec.cmd'), '@%*\r\n');
  const version = execFileSync(link, ['--version'], { encoding: 'utf8' }).trim();
  const { version: pinned } = JSON.parse(
    readFileSync(path.join(path.dirname(path.dirname(binary)), 'package.json'), 'utf8'),
  );
  if (version !== `v${pinned}`)
    throw new Error(`${link} is Node ${version}, not the pinned v${pinned}. Remove node_modules and start again.`);
}

/**
 * Lets the server start once on an empty folder: what it compiles is kept (src/config/compile-cache.ts), so that the first
 * start that somebody waits for is as quick as any other and as small. An installation works without it.
 */
async function compile() {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-setup-'));
  const settings = {
    LEAT_DATA_DIR: folder,
    LEAT_HOST: '127.0.0.1',
    LEAT_PORT: '0',
    LEAT_LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: path.join(root, '.cache', 'compiled'),
  };
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('LEAT_'));
  const server = spawn(path.join(modules, '.bin', windows ? 'node.exe' : 'node'), ['src/main.ts', 'start'], {
    cwd: root,
    env: { ...Object.fromEntries(own), ...settings },
    stdio: 'ignore',
  });
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const interrupted = () => {
    server.kill('SIGKILL');
    remove();
    process.exit(1);
  };
  for (const signal of signals) process.once(signal, interrupted);
  const ended = once(server, 'exit').catch((error) => [String(error)]);
  const isRunning = () => server.exitCode === null && server.signalCode === null && server.pid !== undefined;
  const deadline = Date.now() + 60_000;
  while (isRunning() && Date.now() < deadline && !existsSync(path.join(folder, 'server.json'))) await delay(50);
  const listened = isRunning() && existsSync(path.join(folder, 'server.json'));
  server.kill('SIGTERM');
  await Promise.race([ended, delay(20_000, null, { ref: false })]);
  if (isRunning()) server.kill('SIGKILL');
  await ended;
  for (const signal of signals) process.off(signal, interrupted);
  remove();
  if (!listened) note('the server did not listen');
}

/** @param {string} reason */
function note(reason) {
  process.stderr.write(`Compiling ahead did not succeed (${reason}); the first start will do it.\n`);
}
