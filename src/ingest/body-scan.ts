// Finds where things stand in the raw bytes of a body: the calls of a batch, to measure them as they were sent, and a
// key in a body that cannot be parsed.
//
// The span scan runs over JSON that JSON.parse has accepted, so it only has to keep strings and brackets apart; bytes of
// UTF-8 beyond ASCII never look like either. Of duplicate `batch` members the last counts, as with JSON.parse.

/** Offsets of one call: from the first byte to the byte after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * What a byte outside a string means for the scan: 1 a string begins, 2 a bracket opens, 3 one closes, 4 a comma. Plain
 * numbers here and in the loops below: named constants of a module cost a load each time, and made the scan 4 times slower.
 */
const meanings = new Uint8Array(256);
meanings[quote] = 1;
for (const byte of [openBrace, openBracket]) meanings[byte] = 2;
for (const byte of [closeBrace, 0x5d]) meanings[byte] = 3;
meanings[comma] = 4;

/** Spans of the elements of the top-level array `batch` of a valid JSON object, in order. */
export function batchSpans(body: Buffer): readonly Span[] {
  let spans: readonly Span[] = [];
  let at = skipBlank(body, skipByteOrderMark(body));
  if (body[at] !== openBrace) return spans;
  at = skipBlank(body, at + 1);
  while (at < body.length && body[at] !== closeBrace) {
    const keyEnd = closingQuote(body, at) + 1;
    const isBatch = JSON.parse(body.toString('utf8', at, keyEnd)) === 'batch';
    // One past the colon.
    at = skipBlank(body, skipBlank(body, keyEnd) + 1);
    if (isBatch && body[at] === openBracket) spans = elementSpans(body, at);
    else if (isBatch) spans = [];
    at = skipValue(body, at);
    if (body[at] === comma) at = skipBlank(body, at + 1);
  }
  return spans;
}

/** A `writeKey` in a body that is cut off or no JSON; null when none is to be seen. */
export function findKeyText(body: Buffer): string | null {
  return /"writeKey"\s*:\s*"([^"\\]{1,256})"/.exec(body.toString('latin1'))?.[1] ?? null;
}

/** Offset of the first byte after a byte order mark, if there is one. */
export const skipByteOrderMark = (body: Buffer): number =>
  body.length >= 3 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;

function elementSpans(body: Buffer, arrayStart: number): readonly Span[] {
  const spans: Span[] = [];
  let start = skipBlank(body, arrayStart + 1);
  for (;;) {
    const end = skipValue(body, start);
    if (end > start) spans.push({ start, end: trimBlank(body, end) });
    if (body[end] !== comma) return spans;
    start = skipBlank(body, end + 1);
  }
}

/**
 * Offset of the comma or bracket that ends the value beginning at `at`. Brackets are counted, not followed, so no
 * nesting is too deep; a table look-up per byte, because every batch above 32 KiB passes through here.
 */
function skipValue(body: Buffer, at: number): number {
  const { length } = body;
  let depth = 0;
  let here = at;
  for (; here < length; here++) {
    const meaning = meanings[body[here] ?? 0];
    if (meaning === 0) continue;
    if (meaning === 1) here = closingQuote(body, here);
    else if (meaning === 2) depth++;
    else if (meaning === 3) {
      if (depth-- === 0) return here;
    } else if (depth === 0) return here;
  }
  return here;
}

/** Offset of the quote that closes the string whose opening quote is at `at`. */
function closingQuote(body: Buffer, at: number): number {
  const { length } = body;
  let here = at + 1;
  for (; here < length; here++) {
    const byte = body[here];
    if (byte === 0x22) return here;
    // A backslash takes the next byte with it.
    if (byte === 0x5c) here++;
  }
  return here;
}

function skipBlank(body: Buffer, at: number): number {
  let here = at;
  while (isBlank(body[here])) here++;
  return here;
}

/** The offset moved back over blanks. */
function trimBlank(body: Buffer, end: number): number {
  let here = end;
  while (isBlank(body[here - 1])) here--;
  return here;
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
