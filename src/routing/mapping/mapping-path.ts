// Reads paths as mappings write them: $.properties.products[0].sku, $.integrations.Actions Amplitude.session_id, a["b.c"].
import type { MappingPath } from './expression.ts';

/** Thrown by {@link parseMappingPath}; the mapping parser adds where in the mapping the path stands. */
export class PathSyntaxError extends Error {}

const part = /\.?(?:\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]|([^.[\]]+))/y;

/** Parses a path. `$.` or nothing at all is the whole event. Throws {@link PathSyntaxError}. */
export function parseMappingPath(text: string): MappingPath {
  const keys: string[] = [];
  const body = text === '$' ? '' : text.startsWith('$.') || text.startsWith('$[') ? text.slice(1) : text;
  if (body === '' || body === '.') return { text, keys };
  part.lastIndex = 0;
  while (part.lastIndex < body.length) {
    const at = part.lastIndex;
    const match = part.exec(body);
    if (!match || (at > 0 && /^[^.[]/.test(match[0])))
      throw new PathSyntaxError(
        `cannot be read as a path from ${JSON.stringify(body.slice(at))}; write $.a.b, $.a[0] or $.a["b.c"]`,
      );
    const [, index, double, single, plain] = match;
    keys.push(index ?? plain ?? (double ?? single ?? '').replace(/\\(.)/g, '$1'));
  }
  return { text, keys };
}
