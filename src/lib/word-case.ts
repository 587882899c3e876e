// Splits text into words and joins them another way: Order Completed, order_completed, order-completed.
//
// Words are runs of letters and digits; a capital after a small letter or a digit begins a new word, and so does the
// last capital of a run before a small letter: "HTTPServer2Ready" is HTTP, Server2, Ready.

const word = /\p{Lu}+(?!\p{Ll})[\p{N}]*|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+|\p{L}/gu;

const words = (text: string): readonly string[] => text.match(word) ?? [];

export const snakeCase = (text: string): string => words(text).join('_').toLowerCase();

export const kebabCase = (text: string): string => words(text).join('-').toLowerCase();

/** Each word of the text with a capital first letter, separated by spaces; the rest of a word stays as it is. */
export const titleCase = (text: string): string =>
  words(text)
    .map((part) => {
      const first = String.fromCodePoint(part.codePointAt(0) ?? 0);
      return first.toUpperCase() + part.slice(first.length);
    })
    .join(' ');
