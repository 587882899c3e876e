// Whether a JSON value has what is expected of it, and if not, where it differs.

/**
 * Null when `actual` has every member of `expected`; else the first difference in words. Items of a list are looked for
 * in their order, others may stand between them, unless `exactly` says that a list has these items only.
 */
export function difference(actual: unknown, expected: unknown, exactly = false, path = ''): string | null {
  const here = path === '' ? 'the answer' : path;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${here} is no list: ${show(actual)}`;
    if (exactly && actual.length !== expected.length)
      return `${here} has ${actual.length} items instead of ${expected.length}: ${show(actual)}`;
    let from = 0;
    for (const [index, item] of expected.entries()) {
      const found = actual.findIndex((one, at) => at >= from && difference(one, item, exactly) === null);
      if (found < 0) return `${here} lacks item ${index}, ${show(item)}, in ${show(actual)}`;
      from = found + 1;
    }
    return null;
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return `${here} is no object: ${show(actual)}`;
    for (const [name, member] of Object.entries(expected)) {
      const found = difference(
        (actual as Record<string, unknown>)[name],
        member,
        exactly,
        path === '' ? name : `${path}.${name}`,
      );
      if (found !== null) return found;
    }
    return null;
  }
  return Object.is(actual, expected) ? null : `${here} is ${show(actual)} instead of ${show(expected)}`;
}

/** The member at a dotted path; undefined when there is none. */
export function memberAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
      value,
    );
}

const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 600);
