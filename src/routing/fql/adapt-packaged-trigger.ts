// Reads the triggers of Segment's packaged destinations, whose own parser is lax, into our language.
//
// Among some 500 there are a few forms of which our parser rightly says that they are none: a bare word for text, "=="
// and a comma for "and". They are mended here, once, when the catalogue of the pack is made; what a user types is never.
import { parseTrigger } from './parse-trigger.ts';
import type { Trigger } from './trigger.ts';

/** Parses a packaged trigger. Throws TriggerError when it is no trigger even so. */
export function adaptPackagedTrigger(text: string): Trigger {
  // Every second piece is a quoted string and stays as it is.
  const pieces = text.split(/("[^"]*"|'[^']*')/);
  const mended = pieces.map((piece, index) => {
    if (index % 2 === 1) return piece;
    return piece
      .replaceAll(/==(?!=)/g, '=')
      .replaceAll(/(!?=)\s*(?!(?:true|false|null)\b)([A-Za-z]\w*)/g, '$1 "$2"')
      .replaceAll(/^\s*,\s*(?=\w+\s*!?=)/g, ' and ');
  });
  return parseTrigger(mended.join(''));
}
