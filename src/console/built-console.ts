// The built console in memory: every file with its type, its compressed forms and its tag. Read when first asked for, and
// again when a newer build has taken its place.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

export type Coding = 'br' | 'gzip';

export interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly coded: Readonly<Partial<Record<Coding, Buffer>>>;
  /** Its name holds its hash, so that it never changes. */
  readonly immutable: boolean;
}

export interface BuiltConsole {
  readonly index: BuiltFile;
  /** By address, such as `/assets/index-abc.js`. */
  readonly files: ReadonlyMap<string, BuiltFile>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Answers the build in a folder as it is at each call; null while there is none. */
export function openBuiltConsole(folder: string): () => Promise<BuiltConsole | null> {
  let known: { readonly stamp: string; readonly built: Promise<BuiltConsole | null> } | null = null;
  return async () => {
    const stamp = await textOrNull(path.join(folder, '.built'));
    if (stamp === null) return null;
    if (known?.stamp !== stamp) {
      const built = readBuild(folder);
      known = { stamp, built };
      // What failed to be read is read again; a build put in place meanwhile is the likely reason.
      built.catch(() => {
        known = null;
      });
    }
    return known.built;
  };
}

async function readBuild(folder: string): Promise<BuiltConsole | null> {
  const found = await readdir(folder, { recursive: true });
  const names = new Set(found.map((name) => name.replaceAll(path.sep, '/')));
  const files = new Map<string, BuiltFile>();
  for (const name of names) {
    const type = types[path.extname(name)];
    if (type === undefined) continue;
    const file = path.join(folder, name);
    const plain = await readFile(file);
    const br = names.has(`${name}.br`) ? await readFile(`${file}.br`) : null;
    const gzip = names.has(`${name}.gz`) ? await readFile(`${file}.gz`) : null;
    files.set(`/${name}`, {
      type,
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      plain,
      coded: { ...(br && { br }), ...(gzip && { gzip }) },
      immutable: name.startsWith('assets/'),
    });
  }
  const index = files.get('/index.html');
  return index ? { index, files } : null;
}

/** The file's text; null when it is not there. */
export async function textOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
