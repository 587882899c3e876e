// A local folder as an object store: temporary file, fsync, rename, fsync of the folder.
import { mkdir, open, realpath, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { SendFailure } from '../outcome.ts';
import type { ObjectStore } from './object-store.ts';

/** Refuses to write where `ownFolder` is, however the path leads there. */
export function openFolderStore(root: string, ownFolder: string | null): ObjectStore {
  return {
    has: (name) => guard(root, () => isThere(path.join(root, name))),
    put: (name, content) =>
      guard(root, async () => {
        await assertOutside(root, ownFolder);
        await put(root, name, content);
      }),
  };
}

async function assertOutside(root: string, ownFolder: string | null): Promise<void> {
  if (ownFolder === null) return;
  const way = path.relative(await realpath(ownFolder), await realpath(root));
  if (way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way)) return;
  const reason = `${root} lies in Leat's own data folder. Set a folder outside of it.`;
  throw new SendFailure('destination_unavailable', { result: 'retry', scope: 'destination', reason });
}

async function put(root: string, name: string, content: Uint8Array): Promise<void> {
  const target = path.join(root, name);
  const folder = path.dirname(target);
  // The root is the operator's to create: a disk that is not mounted must not be written beside.
  await stat(root);
  const created = await mkdir(folder, { recursive: true });
  if (created !== undefined) await syncFolder(path.dirname(created));
  const temporary = path.join(folder, `.${path.basename(name)}.tmp`);
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, target);
  await syncFolder(folder);
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handles of folders to sync, and keeps names in a journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const sentences: Readonly<Record<string, (root: string) => string>> = {
  ENOENT: (root) => `The folder ${root} does not exist. Create it, or set another one.`,
  EACCES: (root) => `Leat may not write to ${root}. Give its user the right to.`,
  EPERM: (root) => `Leat may not write to ${root}. Give its user the right to.`,
  EROFS: (root) => `${root} is on a file system that is mounted read-only.`,
  ENOTDIR: (root) => `${root} is not a folder.`,
  ENOSPC: (root) => `The disk of ${root} is full. Make room; writing goes on by itself.`,
  EDQUOT: (root) => `The quota on ${root} is used up. Make room; writing goes on by itself.`,
};

async function guard<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof SendFailure || code === '') throw error;
    const reason = sentences[code]?.(root) ?? `Writing to ${root} failed (${code}).`;
    const outcome = { result: 'retry', scope: 'destination', reason } as const;
    throw new SendFailure('destination_unavailable', outcome, { cause: error });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
