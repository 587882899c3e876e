// The start of a body as it is kept with a rejection: readable, short, and without the key.
import { sampleBytes } from './limits.ts';

/** At most 2 KiB of `body` as text. Keys in it, the one used and any under `writeKey`, are blanked. */
export function sampleOf(body: Buffer, key: string | null): string {
  // A little more is looked at, so that a key on the edge is recognised.
  const text = body.toString('utf8', 0, sampleBytes + 512);
  const blanked = text.replaceAll(/("writeKey"\s*:\s*)"(?:[^"\\]|\\.)*"?/g, '$1"…"');
  const keyless = key === null ? blanked : blanked.replaceAll(key, '…');
  return cutToBytes(keyless.replaceAll('\0', '\ufffd').toWellFormed(), sampleBytes);
}

/** Cuts at a character, never inside one. */
function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes), { stream: true });
}
