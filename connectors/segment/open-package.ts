// Gets at the installed package. It is CommonJS without types, so this is where its values become typed.
import { createRequire } from 'node:module';
import path from 'node:path';
import type { JsonObject } from '../../src/lib/json.ts';

/** The engine's class for one destination, as far as it is used. */
export interface EngineDestination {
  readonly authentication?: { readonly scheme: string; readonly refreshAccessToken?: unknown };
  readonly actions: Readonly<Record<string, EngineAction>>;
  /** Gains one entry for each HTTP request and is never emptied by the engine. */
  readonly responses: unknown[];
  validateSettings(settings: JsonObject): void;
  testAuthentication(settings: JsonObject): Promise<void>;
  refreshAccessToken(settings: JsonObject, auth: JsonObject): Promise<RefreshedTokens | undefined>;
}

export interface RefreshedTokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
}

interface EngineAction {
  readonly definition: { readonly fields: Readonly<Record<string, unknown>> };
  execute(bundle: object): Promise<unknown>;
  /** One status for each item of `data`. */
  executeBatch(bundle: object): Promise<readonly ItemStatus[]>;
}

export interface ItemStatus {
  readonly status?: number;
  readonly errormessage?: string;
}

export interface FetchModule {
  (input: string | FetchRequest, init?: object): Promise<unknown>;
  fetch: FetchModule;
  default: FetchModule;
  readonly Request: new (input: string | FetchRequest, init?: object) => FetchRequest;
  readonly Response: new (body: string | null, init: object) => unknown;
  readonly Headers: unknown;
}

export interface FetchRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Iterable<readonly [string, string]>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface Package {
  /** Loads one destination. */
  load(directory: string): EngineDestination;
  /** The fetch that the engine uses; `replace` puts another in its place, before anything is loaded. */
  readonly fetch: FetchModule;
  replaceFetch(fetch: FetchModule): void;
}

export function openPackage(folder: string): Package {
  const require = createRequire(path.join(folder, 'package.json'));
  const core = createRequire(require.resolve('@segment/actions-core'));
  const fetchPath = core.resolve('cross-fetch');
  return {
    load(directory) {
      const { Destination } = require('@segment/actions-core') as {
        Destination: new (definition: object) => EngineDestination;
      };
      const loaded = require(`@segment/action-destinations/dist/destinations/${directory}`) as {
        default: { readonly slug: string };
      };
      // The engine puts the name into a URI, which a name with spaces is not.
      return new Destination({ ...loaded.default, name: loaded.default.slug });
    },
    fetch: core('cross-fetch') as FetchModule,
    replaceFetch(fetch) {
      const cached = core.cache[fetchPath];
      if (!cached) throw new Error('cross-fetch is not loaded.');
      cached.exports = fetch;
    },
  };
}
