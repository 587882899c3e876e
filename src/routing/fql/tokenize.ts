// Cuts the text of a trigger into tokens. A path is one token with its parts already unescaped.
import { TriggerError } from './trigger-error.ts';

export type Token =
  | { readonly kind: 'path'; readonly start: number; readonly end: number; readonly parts: readonly string[] }
  | { readonly kind: 'keyword'; readonly start: number; readonly end: number; readonly keyword: Keyword }
  | { readonly kind: 'string'; readonly start: number; readonly end: number; readonly value: string }
  | { readonly kind: 'number'; readonly start: number; readonly end: number; readonly value: number }
  | { readonly kind: 'symbol'; readonly start: number; readonly end: number; readonly symbol: Symbol }
  | { readonly kind: 'end'; readonly start: number; readonly end: number };

const keywords = ['and', 'or', 'in', 'true', 'false', 'null'] as const;
export type Keyword = (typeof keywords)[number];
const symbols = ['!=', '<=', '>=', '=', '<', '>', '!', '(', ')', '[', ']', ','] as const;
type Symbol = (typeof symbols)[number];

/** Operators of other languages, and what to write here instead. */
const foreignOperators: readonly (readonly [RegExp, string])[] = [
  [/===?|=>|=</y, 'Equality is written =, at most <=, at least >=.'],
  [/!==/y, 'Inequality is written !=.'],
  [/<>/y, 'Inequality is written !=.'],
  [/&&?/y, 'Write and.'],
  [/\|\|?/y, 'Write or.'],
  [/[~^%*+/:;]/y, ''],
];
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordCharacter = /[\p{L}\p{N}\p{M}_$-]/u;
const wordStart = /[\p{L}_$]/u;

/** Whether `part` can stand in a path as it is. */
export const isPlainPart = (part: string): boolean =>
  part !== '' && Array.from(part).every((c) => wordCharacter.test(c));

/** Whether `part` can begin a path as it is. */
export const isPlainFirstPart = (part: string): boolean =>
  isPlainPart(part) && wordStart.test(characterAt(part, 0)) && keywordOf(part) === undefined;

/** The tokens of `text`, ending with one of kind `end`. Throws {@link TriggerError}. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    if (at >= text.length) break;
    const token = readToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}

function readToken(text: string, start: number): Token {
  const first = characterAt(text, start);
  if (first === '"' || first === "'") {
    const { value, end } = readString(text, start);
    return { kind: 'string', start, end, value };
  }
  if (/[\d-]/.test(first)) return readNumber(text, start);
  if (first === '\\' || wordStart.test(first)) return readPath(text, start);
  for (const [pattern, hint] of foreignOperators) {
    pattern.lastIndex = start;
    const operator = pattern.exec(text)?.[0];
    if (operator) throw new TriggerError(text, start, 'an operator of this language', operator, hint);
  }
  const symbol = symbols.find((s) => text.startsWith(s, start));
  if (symbol) return { kind: 'symbol', start, end: start + symbol.length, symbol };
  const hint = /[“”„‟«»‘’‚]/.test(first) ? 'Quotes are straight ones: "text".' : undefined;
  throw new TriggerError(text, start, 'a field, a value or an operator', JSON.stringify(first), hint);
}

function readNumber(text: string, start: number): Token {
  number.lastIndex = start;
  const digits = number.exec(text)?.[0] ?? '';
  const end = start + digits.length;
  const next = characterAt(text, end);
  if (digits === '' || next === '.' || wordCharacter.test(next))
    throw new TriggerError(text, start, 'a number such as 12 or -0.5', wordAt(text, start), 'Text needs quotes.');
  const value = Number(digits);
  // Digits that a double cannot hold would compare equal to other numbers.
  const exact = /[eE]/.test(digits) || !Number.isInteger(value) || Number.isSafeInteger(value);
  if (value === 0 && /^[^eE]*[1-9]/.test(digits))
    throw new TriggerError(text, start, 'a number that is not so close to 0', digits, 'It would be taken for 0.');
  if (!Number.isFinite(value) || !exact)
    throw new TriggerError(text, start, 'a number of at most 2^53', digits, 'Compare long ids as quoted text.');
  return { kind: 'number', start, end, value };
}

function readPath(text: string, start: number): Token {
  const parts: string[] = [];
  let at = start;
  let escaped = false;
  for (;;) {
    let part = '';
    if (parts.length > 0 && /["']/.test(text.charAt(at))) {
      const quoted = readString(text, at);
      part = quoted.value;
      at = quoted.end;
    } else {
      const partStart = at;
      for (;;) {
        const character = characterAt(text, at);
        if (character === '\\') {
          const literal = characterAt(text, at + 1);
          if (literal === '') throw new TriggerError(text, at, 'a character after \\', 'the end');
          escaped = true;
          part += literal;
          at += 1 + literal.length;
        } else if (wordCharacter.test(character)) {
          part += character;
          at += character.length;
        } else break;
      }
      if (at === partStart) throw new TriggerError(text, at, 'the next part of the path', found(text, at));
    }
    parts.push(part);
    if (text.charAt(at) === '[')
      if (/^\[\s*\d/.test(text.slice(at)))
        throw new TriggerError(text, at, 'a path with dots', '[', `Write elements of a list as .0, .1 and so on.`);
    if (text.charAt(at) !== '.') break;
    at++;
  }
  const keyword = parts.length === 1 && !escaped ? keywordOf(parts[0] ?? '') : undefined;
  return keyword ? { kind: 'keyword', start, end: at, keyword } : { kind: 'path', start, end: at, parts };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function readString(text: string, start: number): { readonly value: string; readonly end: number } {
  const quote = text.charAt(start);
  let value = '';
  let at = start + 1;
  for (;;) {
    const character = text.charAt(at);
    if (character === '') throw new TriggerError(text, at, `a closing ${quote}`, 'the end');
    if (character === quote) return { value, end: at + 1 };
    if (character !== '\\') {
      value += character;
      at++;
      continue;
    }
    const kind = text.charAt(at + 1);
    const hex = /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, at + 6))?.[0];
    const literal = escapes[kind];
    if (kind === 'u' && hex) {
      value += String.fromCharCode(Number.parseInt(hex, 16));
      at += 6;
    } else if (literal !== undefined) {
      value += literal;
      at += 2;
    } else {
      const hint = 'A backslash itself is written \\\\.';
      throw new TriggerError(text, at, 'an escape of JSON (\\n, \\u00e9 …)', text.slice(at, at + 2), hint);
    }
  }
}

const keywordOf = (word: string): Keyword | undefined => {
  if (word === 'AND') return 'and';
  if (word === 'OR') return 'or';
  return keywords.find((keyword) => keyword === word);
};

const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};

const wordAt = (text: string, at: number): string => /^\S+/.exec(text.slice(at, at + 40))?.[0] ?? 'the end';

const found = (text: string, at: number): string =>
  at >= text.length ? 'the end' : JSON.stringify(characterAt(text, at));
