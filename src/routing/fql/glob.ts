// Glob patterns: * any run of characters, ? one character, [abc] and [a-z] one of a set, \x the character x itself.
// A pattern covers the whole text and minds the letter case. Characters are code points.
//
// Matching walks the text once and, on a mismatch, returns only to the last star, so it takes at most
// text × pattern steps whatever the pattern: events cannot make a trigger hang.
interface Range {
  readonly from: number;
  readonly to: number;
}
type Part = '*' | '?' | number | readonly Range[];

/** What is wrong with `pattern`, as a sentence; undefined when it is sound. */
export function globFault(pattern: string): string | undefined {
  const parts = parse(pattern);
  return typeof parts === 'string' ? parts : undefined;
}

/** A test for `pattern`. A pattern with a fault matches nothing. */
export function compileGlob(pattern: string): (text: string) => boolean {
  const parts = parse(pattern);
  if (typeof parts === 'string') return () => false;
  const literal = (from: number, to: number): string | undefined => {
    const slice = parts.slice(from, to);
    return slice.every((part) => typeof part === 'number') ? String.fromCodePoint(...slice) : undefined;
  };
  const whole = literal(0, parts.length);
  if (whole !== undefined) return (text) => text === whole;
  const head = parts.at(-1) === '*' ? literal(0, parts.length - 1) : undefined;
  if (head !== undefined) return (text) => text.startsWith(head);
  const tail = parts[0] === '*' ? literal(1, parts.length) : undefined;
  if (tail !== undefined) return (text) => text.endsWith(tail);
  const middle = parts[0] === '*' && parts.at(-1) === '*' ? literal(1, parts.length - 1) : undefined;
  if (middle !== undefined) return (text) => text.includes(middle);
  return (text) => matches(parts, text);
}

/** The parts of the pattern, or a sentence that says what is wrong with it. */
function parse(pattern: string): readonly Part[] | string {
  const characters = Array.from(pattern, (character) => character.codePointAt(0) ?? 0);
  const parts: Part[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at];
    if (character === star) {
      // Stars in a row say no more than one.
      if (parts.at(-1) !== '*') parts.push('*');
    } else if (character === questionMark) parts.push('?');
    else if (character === openBracket) {
      const set = parseSet(characters, at + 1);
      if (typeof set === 'string') return set;
      parts.push(set.ranges);
      at = set.close;
    } else {
      if (character === backslash) at++;
      const literal = characters[at];
      if (literal === undefined) return 'It ends with a backslash; a backslash itself is written twice.';
      parts.push(literal);
    }
  }
  return parts;
}

function parseSet(
  characters: readonly number[],
  start: number,
): { readonly ranges: readonly Range[]; readonly close: number } | string {
  const ranges: Range[] = [];
  let at = start;
  const literal = (): number | undefined => characters[characters[at] === backslash ? ++at : at];
  for (; characters[at] !== closeBracket; at++) {
    const from = literal();
    if (from === undefined) return 'A [ has no ]; a bracket itself is written with a backslash before it.';
    let to: number | undefined = from;
    if (characters[at + 1] === hyphen && characters[at + 2] !== closeBracket) {
      at += 2;
      to = literal();
      if (to === undefined) return 'A [ has no ]; a bracket itself is written with a backslash before it.';
      if (to < from) return 'A range in [ ] runs backwards.';
    }
    ranges.push({ from, to });
  }
  return ranges.length > 0 ? { ranges, close: at } : 'A set [] is empty.';
}

const [star, questionMark, openBracket, closeBracket, hyphen, backslash] = Array.from('*?[]-\\', (c) =>
  c.charCodeAt(0),
);

function matches(parts: readonly Part[], text: string): boolean {
  let at = 0;
  let part = 0;
  let starPart = -1;
  let starAt = 0;
  while (at < text.length) {
    const expected = parts[part];
    const character = text.codePointAt(at) ?? 0;
    if (expected === '*') {
      starPart = part++;
      starAt = at;
    } else if (expected !== undefined && fits(expected, character)) {
      part++;
      at += width(character);
    } else if (starPart >= 0) {
      // The last star takes one character more.
      starAt += width(text.codePointAt(starAt) ?? 0);
      at = starAt;
      part = starPart + 1;
    } else return false;
  }
  while (parts[part] === '*') part++;
  return part === parts.length;
}

const width = (character: number): number => (character > 0xffff ? 2 : 1);

const fits = (part: Exclude<Part, '*'>, character: number): boolean =>
  part === '?' ||
  (typeof part === 'number'
    ? part === character
    : part.some((range) => range.from <= character && character <= range.to));
