// Keeps compiled code, and the JavaScript that TypeScript files are stripped to, between starts and for all threads.
// Without it each thread loads its own copy of the stripper, about 10 MB, and start-up takes twice as long.
//
// npm start and ./leat name the folder to Node in NODE_COMPILE_CACHE, so that the first files are found there too.
import { constants, enableCompileCache, flushCompileCache, getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where it is kept unless NODE_COMPILE_CACHE names another folder. */
export const compiledFolder = path.resolve(import.meta.dirname, '../../.cache/compiled');

/** Call before anything large is imported. Threads started afterwards inherit it. */
export function shareCompileCache(folder = compiledFolder): void {
  const { status } = enableCompileCache(folder);
  // An installation that may not be written. Named, because without a name Node would take NODE_COMPILE_CACHE, which failed.
  if (status === constants.compileCacheStatus.FAILED) enableCompileCache(path.join(tmpdir(), 'node-compile-cache'));
  const used = getCompileCacheDir();
  // Without the folder that Node makes in it for its version, as each thread will again.
  if (used !== undefined) process.env['NODE_COMPILE_CACHE'] = path.dirname(used);
}

/**
 * Writes what this thread has compiled: by itself Node does so when a process ends in peace, which a server need not.
 * Costs next to nothing when everything was there.
 */
export const keepCompiled = (): void => flushCompileCache();
