// Shows where each field of a mapped payload came from.
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { compileExpression } from './compile-mapping.ts';
import type { Expression } from './expression.ts';
import { parseMapping } from './parse-mapping.ts';
import type { MappingOptions } from './parse-mapping.ts';

interface MappedRead {
  /** Path as the mapping writes it; inside @arrayPath it begins with the list's path and `[]`. */
  readonly path: string;
  /** What the event has there; absent when nothing, or when there is one value per element of a list. */
  readonly value?: Json;
}

export interface MappedField {
  /** Field of the payload; empty when the whole payload comes from one directive. */
  readonly field: string;
  /** What the field got; absent when it was dropped. */
  readonly value?: Json;
  /** Every place in the event that the field may be taken from, in the order of the mapping. */
  readonly reads: readonly MappedRead[];
}

/** Each field of the mapping with its value and the places it reads. Throws InputError as compileMapping does. */
export function explainMapping(mapping: Json, event: JsonObject, options: MappingOptions = {}): readonly MappedField[] {
  const expression = parseMapping(mapping, options);
  const fields = expression.kind === 'object' ? expression.fields : [['', expression] as const];
  return fields.map(([field, source]) => {
    const value = compileExpression(source)(event);
    return { field, ...(value !== undefined && { value }), reads: reads(source, event, '') };
  });
}

function reads(expression: Expression, root: Json | undefined, prefix: string): readonly MappedRead[] {
  const among = (parts: readonly (Expression | undefined)[]): readonly MappedRead[] =>
    parts.flatMap((part) => (part ? reads(part, root, prefix) : []));
  switch (expression.kind) {
    case 'constant':
    case 'liquid':
      return [];
    case 'path':
      return [read(expression.path.text, compileExpression(expression)(root), prefix)];
    case 'computedPath':
      return among([expression.path]);
    case 'object':
      return among(expression.fields.map(([, value]) => value));
    case 'list':
      return among(expression.items);
    case 'coalesce':
      return among(expression.options);
    case 'template':
      return expression.parts.flatMap((part) =>
        typeof part === 'string'
          ? []
          : [read(part.text, compileExpression({ kind: 'path', path: part })(root), prefix)],
      );
    case 'computedTemplate':
      return among([expression.template]);
    case 'if':
      return among([expression.subject, expression.present, expression.absent]);
    case 'each': {
      const list = among([expression.list]);
      if (!expression.shape) return list;
      const from = expression.list.kind === 'path' ? expression.list.path.text : '';
      return [...list, ...reads(expression.shape, undefined, `${prefix}${from}[].`)];
    }
    case 'case':
    case 'replace':
    case 'flatten':
    case 'json':
    case 'excludeWhenNull':
      return among([expression.value]);
    case 'merge':
      return among(expression.objects);
    case 'transform':
      return among([expression.apply]);
    default:
      return expression satisfies never;
  }
}

function read(path: string, value: Json | undefined, prefix: string): MappedRead {
  // The whole event is no telling value.
  const whole = path === '' || path === '$' || path === '$.';
  if (prefix !== '') return { path: prefix + path.replace(/^\$\./, '') };
  return { path, ...(value !== undefined && !(whole && isObject(value)) && { value }) };
}
