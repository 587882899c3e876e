// The keys and sources as ingest looks them up: in memory, replaced whole whenever the configuration changes.
import type { ControlSnapshot, Source, SourceKey } from './model.ts';

/** What a key opens. `unknown` also covers a key of another region; ingest tells these apart by the key's prefix. */
export type KeyLookup =
  | { readonly status: 'ok' | 'source_disabled' | 'key_revoked'; readonly source: Source; readonly key: SourceKey }
  | { readonly status: 'unknown' };

const unknown: KeyLookup = { status: 'unknown' };

export class SourceDirectory {
  #byKey = new Map<string, KeyLookup>();
  #version = -1;

  /** Version of the snapshot in use; -1 before the first. */
  get version(): number {
    return this.#version;
  }

  /** Replaces what is known. */
  update(snapshot: ControlSnapshot): void {
    const sources = new Map(snapshot.sources.map((source) => [source.id, source]));
    const byKey = new Map<string, KeyLookup>();
    for (const key of snapshot.keys) {
      const source = sources.get(key.sourceId);
      if (!source) continue;
      const status = key.revokedAt !== null ? 'key_revoked' : source.enabled ? 'ok' : 'source_disabled';
      byKey.set(key.key, { status, source, key });
    }
    this.#byKey = byKey;
    this.#version = snapshot.version;
  }

  lookup(key: string): KeyLookup {
    return this.#byKey.get(key) ?? unknown;
  }
}
