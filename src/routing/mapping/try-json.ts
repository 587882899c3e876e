// Reads text that may be JSON.
import type { Json } from '../../lib/json.ts';

/** The value that `text` writes as JSON; undefined when it is not JSON. */
export function tryJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
