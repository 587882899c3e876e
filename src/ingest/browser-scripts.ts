// The official browser clients as their npm packages ship them, read when first asked for and kept in memory.
//
// Only files of the package's dist/umd are served. Its entry script holds the literal "__WRITE_KEY__" in place of the
// key, which the vendor's own servers replace; so does this, for known keys of harmless characters.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { FaultError } from '../errors/errors.ts';
import type { BrowserClient } from './routes.ts';

export interface Script {
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly etag: string;
}

interface Library {
  readonly packageName: string;
  /** Whether chunk names carry a hash of their content, so that they may be cached for good. */
  readonly hashedNames: boolean;
}

const libraries: Readonly<Record<BrowserClient, Library>> = {
  customerio: { packageName: '@customerio/cdp-analytics-browser', hashedNames: false },
  segment: { packageName: '@segment/analytics-next', hashedNames: true },
};

const entryFile = 'standalone.js';
const keyLiteral = '"__WRITE_KEY__"';
/** Entry scripts made for a key that are kept, each about 140 KB. */
const keptEntries = 32;
const compress = promisify(gzip);

export class BrowserScripts {
  readonly #files = new Map<BrowserClient, Promise<ReadonlyMap<string, Script>>>();
  readonly #entries = new Map<string, Promise<Script>>();

  /** Cache-Control of a chunk. */
  chunkCaching(client: BrowserClient): string {
    return libraries[client].hashedNames ? 'public, max-age=31536000, immutable' : 'public, max-age=300';
  }

  /**
   * A file of the client; null when it has none of this name.
   * @throws FaultError `internal` when the client's package is not installed.
   */
  async chunk(client: BrowserClient, file: string): Promise<Script | null> {
    return (await this.#load(client)).get(file) ?? null;
  }

  /**
   * The client's entry script, with `key` written into it unless that is null.
   * @throws FaultError `internal` when the client's package is not installed.
   */
  async entry(client: BrowserClient, key: string | null): Promise<Script> {
    if (key === null || !/^[\w-]{1,256}$/.test(key)) return this.#bareEntry(client);
    const id = `${client} ${key}`;
    let entry = this.#entries.get(id);
    if (!entry) {
      const [oldest] = this.#entries.keys();
      if (this.#entries.size >= keptEntries && oldest !== undefined) this.#entries.delete(oldest);
      entry = this.#makeEntry(client, key);
      this.#entries.set(id, entry);
      entry.catch(() => this.#entries.delete(id));
    }
    return entry;
  }

  async #bareEntry(client: BrowserClient): Promise<Script> {
    const entry = await this.chunk(client, entryFile);
    if (!entry) throw new FaultError('internal', `${libraries[client].packageName} has no ${entryFile}.`);
    return entry;
  }

  async #makeEntry(client: BrowserClient, key: string): Promise<Script> {
    const { plain } = await this.#bareEntry(client);
    const text = plain.toString('utf8').replace(keyLiteral, () => JSON.stringify(key));
    const made = Buffer.from(text);
    return { plain: made, gzip: await compress(made), etag: etagOf(made) };
  }

  #load(client: BrowserClient): Promise<ReadonlyMap<string, Script>> {
    let files = this.#files.get(client);
    if (!files) {
      files = readLibrary(libraries[client].packageName);
      this.#files.set(client, files);
      files.catch(() => this.#files.delete(client));
    }
    return files;
  }
}

async function readLibrary(packageName: string): Promise<ReadonlyMap<string, Script>> {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    const folder = path.join(path.dirname(manifest), 'dist', 'umd');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    return new Map(await Promise.all(names.map(async (name) => [name, await readScript(folder, name)] as const)));
  } catch (error) {
    throw new FaultError('internal', `The scripts of ${packageName} cannot be read; install the package.`, {
      cause: error,
    });
  }
}

/** Both packages ship each script with a twin compressed by gzip. */
async function readScript(folder: string, name: string): Promise<Script> {
  const file = path.join(folder, name);
  const [plain, twin] = await Promise.all([readFile(file), readFile(`${file}.gz`)]);
  return { plain, gzip: twin, etag: etagOf(plain) };
}

const etagOf = (content: Buffer): string =>
  `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
