// Where a text stops being JSON. Browsers word this differently and most name no place, so it is found here.

export interface JsonFault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** What could stand there, such as `a comma or }`. */
  readonly expected: string;
}

const space = /[ \t\n\r]*/y;
const text = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expected = 'a value' | 'a name in double quotes' | 'a colon' | 'a comma' | 'the end';

/** Null for JSON. */
export function jsonFaultOf(source: string): JsonFault | null {
  const open: ('}' | ']')[] = [];
  let expected: Expected = 'a value';
  /** Whether the innermost bracket may be closed here; not after a comma. */
  let closable = false;
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    at += found?.[0].length ?? 0;
    return found !== null;
  };
  const after = (): Expected => (open.length === 0 ? 'the end' : 'a comma');
  for (;;) {
    take(space);
    const close = open.at(-1);
    const next = source[at];
    if (closable && close !== undefined && next === close) {
      at += 1;
      open.pop();
      [expected, closable] = [after(), true];
    } else if (expected === 'a value' && (next === '{' || next === '[')) {
      at += 1;
      open.push(next === '{' ? '}' : ']');
      [expected, closable] = [next === '{' ? 'a name in double quotes' : 'a value', true];
    } else if (expected === 'a value' && (take(text) || take(scalar))) {
      [expected, closable] = [after(), true];
    } else if (expected === 'a name in double quotes' && take(text)) {
      [expected, closable] = ['a colon', false];
    } else if (expected === 'a colon' && next === ':') {
      at += 1;
      [expected, closable] = ['a value', false];
    } else if (expected === 'a comma' && next === ',') {
      at += 1;
      [expected, closable] = [close === '}' ? 'a name in double quotes' : 'a value', false];
    } else if (expected === 'the end' && next === undefined) {
      return null;
    } else {
      const before = source.slice(0, at).split('\n');
      const choice = closable && close !== undefined ? `${expected} or ${close}` : expected;
      return { line: before.length, column: (before.at(-1) ?? '').length + 1, expected: choice };
    }
  }
}
