// OAuth tokens that were renewed, kept in a file of the data folder so that they outlive the thread and the process:
// vendors that hand out a new refresh token with each renewal take the old one back.
//
// They stand beside the stored settings, found by the kind of destination and the hash of the access token in them: who
// enters a new one starts afresh, and what no destination's settings lead to is forgotten. The file can be read by its
// owner only, no answer of the control API has it, and it is written whole before it takes the place of the one before.
// Written by the delivery thread only.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from '../../src/lib/sync-folder.ts';
import type { RefreshedTokens } from './open-package.ts';
import type { OAuthSettings } from './pack-protocol.ts';

/** Renewals remembered; those renewed longest ago go first. */
const mostKept = 1000;

export class RenewedTokens {
  readonly #file: string;
  #kept: ReadonlyMap<string, RefreshedTokens> | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** What the tokens in a destination's settings were renewed to; null when they were not. */
  of(slug: string, oauth: OAuthSettings | null): RefreshedTokens | null {
    return (oauth && this.#read().get(keyOf(slug, oauth.access_token))) ?? null;
  }

  /** Durable when it returns. Throws when the file cannot be written; the tokens are known all the same until the end. */
  keep(slug: string, oauth: OAuthSettings, tokens: RefreshedTokens): void {
    const kept = new Map(this.#read());
    const key = keyOf(slug, oauth.access_token);
    kept.delete(key);
    kept.set(key, tokens);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    this.#kept = kept;
    this.#write();
  }

  /** Forgets what was renewed for destinations of a kind whose settings have none of these access tokens. */
  retain(slug: string, accessTokens: readonly string[]): void {
    const known = this.#read();
    const inUse = new Set(accessTokens.map((token) => keyOf(slug, token)));
    const kept = new Map([...known].filter(([key]) => !key.startsWith(prefixOf(slug)) || inUse.has(key)));
    if (kept.size === known.size) return;
    this.#kept = kept;
    this.#write();
  }

  #read(): ReadonlyMap<string, RefreshedTokens> {
    this.#kept ??= new Map(
      existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, 'utf8')) as [string, RefreshedTokens][]) : [],
    );
    return this.#kept;
  }

  #write(): void {
    const draft = `${this.#file}.new`;
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, JSON.stringify([...this.#read()]));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.#file);
    syncFolder(path.dirname(this.#file));
  }
}

const prefixOf = (slug: string): string => `${slug}:`;

const keyOf = (slug: string, accessToken: string): string =>
  `${prefixOf(slug)}${createHash('sha256').update(`${slug}\n${accessToken}`).digest('hex')}`;
