// A canonical event with holes, cut up once, so that making one of millions costs a few string joins.
//
// The template is a call with marks in it, taken through the real canonicalisation: what is stored is what ingest stores.
import { canonicalise } from '../../../src/event/canonicalise.ts';
import type { JsonObject } from '../../../src/lib/json.ts';

/** A hole for text; it stands inside a string of the call, alone or among other characters. */
export const text = (name: string): string => `\u0001${name}\u0001`;
/** A hole for a number; it is a whole value of the call. */
export const number = (name: string): string => `\u0002${name}\u0002`;

const markAt = Date.UTC(2001, 0, 1);
const markText = new Date(markAt).toISOString();

export class CallTemplate {
  readonly #pieces: readonly string[];
  readonly #holes: readonly string[];

  /** `call` needs no messageId and no times: those are the holes `messageId` and `time`. */
  constructor(call: JsonObject) {
    const canonical = canonicalise(
      { ...call, messageId: text('messageId'), timestamp: markText, sentAt: markText },
      {
        type: null,
        receivedAt: markAt,
        receivedAtText: markText,
        ip: '203.0.113.9',
        strict: true,
        envelope: null,
        notes: [],
        newId: () => {
          throw new Error('The template has a messageId.');
        },
      },
    );
    if (!canonical.ok) throw new Error(`Not a call: ${JSON.stringify(canonical.faults)}`);
    const marked = canonical.body.replaceAll(markText, '\\u0001time\\u0001');
    const parts = marked.split(/"\\u0002(\w+)\\u0002"|\\u0001(\w+)\\u0001/);
    this.#pieces = parts.filter((_, at) => at % 3 === 0);
    this.#holes = parts.flatMap((part, at) => (at % 3 === 0 || part === undefined ? [] : [part]));
  }

  /** The event as JSON text. Values go in as they are: no character that JSON escapes. */
  write(values: Readonly<Record<string, string | number>>): string {
    let body = this.#pieces[0] ?? '';
    for (let at = 0; at < this.#holes.length; at++)
      body += String(values[this.#holes[at] ?? '']) + (this.#pieces[at + 1] ?? '');
    return body;
  }
}
