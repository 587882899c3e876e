// Makes names durable: syncing a file keeps its content, syncing its folder keeps that it is there.
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes names created in, renamed in or removed from a folder durable. */
export function syncFolder(folder: string): void {
  // Windows cannot sync a folder and does not need it: NTFS journals names.
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
