// Keeps every text of a rejection within a length, because most of them come from whoever sends.
import type { Rejection } from './intake-store.ts';

/** Longest sample kept, in bytes. */
const sampleBytes = 2048;
/** Longest of the other texts, in characters. */
const textLength = 512;
/** As long as a messageId may be. */
const messageIdLength = 256;

/** The rejection with its texts cut, and with the messageId that its sample shows when none was given. */
export function boundRejection(rejection: Rejection): Rejection {
  const sample = cutBytes(rejection.sample, sampleBytes);
  return {
    ...rejection,
    reason: cut(rejection.reason),
    message: cut(rejection.message),
    field: rejection.field === null ? null : cut(rejection.field),
    route: cut(rejection.route),
    client: cut(rejection.client),
    ip: cut(rejection.ip),
    keyPrefix: rejection.keyPrefix === null ? null : cut(rejection.keyPrefix),
    sample,
    messageId: (rejection.messageId ?? messageIdIn(sample))?.slice(0, messageIdLength) ?? null,
  };
}

const cut = (text: string): string => text.slice(0, textLength).toWellFormed();

/** Cuts at a character, not inside one. */
function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text.toWellFormed();
  const kept = Buffer.from(text).subarray(0, bytes);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(kept, { stream: true });
}

/** A sample is often cut JSON, so it is searched, not parsed; ids with escapes are left alone. */
function messageIdIn(sample: string): string | null {
  return /"messageId"\s*:\s*"([^"\\]{1,256})"/.exec(sample)?.[1] ?? null;
}
