// Writes src/api/schema.d.ts from the OpenAPI document of a server started for the purpose; with --check it says
// whether the file is current.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const root = path.resolve(import.meta.dirname, '..');
const file = path.join(import.meta.dirname, 'src', 'api', 'schema.d.ts');
const notice = '// Generated from /api/openapi.json by `npm --prefix console run types`. Do not edit.\n';

const text = notice + astToString(await openapiTS(await readDocument(), { alphabetize: true, immutable: true }));
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  process.stderr.write(
    "console/src/api/schema.d.ts is not what the control API's description gives. Run: npm --prefix console run types\n",
  );
  process.exitCode = 1;
}

async function readDocument() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'leat-types-'));
  const server = spawn(path.join(root, 'node_modules', '.bin', 'node'), [path.join(root, 'src', 'main.ts'), 'start'], {
    env: {
      ...process.env,
      LEAT_PORT: '0',
      LEAT_HOST: '127.0.0.1',
      LEAT_DATA_DIR: dataDir,
      LEAT_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const found = path.join(dataDir, 'server.json');
    while (!existsSync(found) || readFileSync(found, 'utf8') === '') {
      if (server.exitCode !== null) throw new Error('The server ended before it could be asked for its description.');
      await delay(50);
    }
    const { url } = JSON.parse(readFileSync(found, 'utf8'));
    return await (await fetch(`${url}/api/openapi.json`)).json();
  } finally {
    server.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
