// The data folder: where each engine keeps its files, who may read them, and the admin token that lives there.
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { randomToken } from '../lib/random.ts';

export interface DataFolder {
  readonly root: string;
  readonly log: string;
  readonly control: string;
  readonly workspace: string;
  readonly delivery: string;
  /** Written once the server listens: its address and process id. */
  readonly serverFile: string;
  readonly adminTokenFile: string;
  /** There from when the first source is made until a start has shown its key (first-start.ts). */
  readonly firstStartFile: string;
}

/**
 * Makes the folder when it is missing, readable by its owner only: it holds keys, secrets and people's data.
 * @throws InputError `bad_setting` when it cannot be made or written to.
 */
export function openDataFolder(root: string): DataFolder {
  const folder = path.resolve(root);
  const log = path.join(folder, 'log');
  try {
    makeFolder(log);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      'bad_setting',
      `LEAT_DATA_DIR ${folder} cannot be used: ${reason}. Choose a folder that this user may write to.`,
      undefined,
      { cause },
    );
  }
  return {
    root: folder,
    log,
    control: path.join(folder, 'control.db'),
    workspace: path.join(folder, 'workspace.db'),
    delivery: path.join(folder, 'delivery.db'),
    serverFile: path.join(folder, 'server.json'),
    adminTokenFile: path.join(folder, 'admin-token'),
    firstStartFile: path.join(folder, 'first-start'),
  };
}

/** Step by step: Node's recursive mkdir never returns where the system refuses new folders with ENOENT, as under /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Id of the process that serves the folder, by its own word; null when none says so. */
export function servingProcess({ serverFile }: DataFolder): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(serverFile, 'utf8')) as { readonly pid?: unknown };
    return typeof pid === 'number' ? pid : null;
  } catch {
    // Missing while a server starts, half-written at the moment it listens: then the process is not known.
    return null;
  }
}

/** The operator's token: the one of the settings, else the one in the folder, else a new one kept there. */
export function adminTokenOf(folder: DataFolder, fromSettings: string | null): string {
  if (fromSettings !== null) return fromSettings;
  if (existsSync(folder.adminTokenFile)) return readFileSync(folder.adminTokenFile, 'utf8').trim();
  const token = `leat_${randomToken(32)}`;
  writeFileSync(folder.adminTokenFile, `${token}\n`, { mode: 0o600 });
  chmodSync(folder.adminTokenFile, 0o600);
  return token;
}
