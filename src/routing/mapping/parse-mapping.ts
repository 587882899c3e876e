// Reads a mapping (JSON) into an expression. The language is defined in expression.ts; every fault names the path inside
// the mapping and what belongs there.
import { InputError } from '../../errors/errors.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { directives } from './directives.ts';
import type { Expression, MappingPath, RenderTemplate } from './expression.ts';
import { parseMappingPath, PathSyntaxError } from './mapping-path.ts';
import { tryJson } from './try-json.ts';

/** How deep a mapping may nest. */
const maxDepth = 100;

/** How a string begins that is a path into the event: $.a, $["a b"], $[0]. */
const readsEvent = /^\$(?:\.|\[["'\d])/;

/** One option of coalesce(): up to the next comma that is not inside a quoted key or text. */
const coalesceOption = /(?:\["(?:[^"\\]|\\.)*"\]|\['(?:[^'\\]|\\.)*'\]|"(?:[^"\\]|\\.)*"|[^,])+/g;

export interface MappingOptions {
  /** Compiles a template that the kind of destination knows; null for any other. Without it there is no `@liquid`. */
  readonly liquid?: (template: string) => RenderTemplate | null;
}

/** Parses a mapping. Throws InputError whose field is the path inside the mapping, such as `data.@if.then`. */
export function parseMapping(mapping: Json, options: MappingOptions = {}): Expression {
  return new MappingReader([], options).value(mapping);
}

/** Reads the parts of a mapping at one place in it; directives get one for their argument. */
class MappingReader {
  readonly #at: readonly string[];
  readonly #options: MappingOptions;

  constructor(at: readonly string[], options: MappingOptions) {
    this.#at = at;
    this.#options = options;
  }

  /** The reader for what stands under `key`. */
  under(key: string | number): MappingReader {
    if (this.#at.length >= maxDepth) this.fail(`nests deeper than ${maxDepth} levels`);
    return new MappingReader([...this.#at, String(key)], this.#options);
  }

  value(json: Json): Expression {
    if (typeof json === 'string') return this.#string(json);
    if (Array.isArray(json)) return this.#list(json as readonly Json[]);
    if (!isObject(json)) return { kind: 'constant', value: json };
    const keys = Object.keys(json);
    const directive = keys.find((key) => key.startsWith('@'));
    return directive === undefined ? this.#object(json) : this.#directive(json, directive, keys);
  }

  path(text: string): MappingPath {
    try {
      return parseMappingPath(text);
    } catch (error) {
      if (error instanceof PathSyntaxError) return this.fail(error.message, error);
      throw error;
    }
  }

  /** `json` as an object that has only the fields in `known`. */
  fields(json: Json | undefined, known: readonly string[]): JsonObject {
    if (json === undefined || !isObject(json))
      return this.fail(`must be an object with the fields ${known.join(', ')}`);
    for (const key of Object.keys(json))
      if (!known.includes(key)) this.under(key).fail(`is not known here; the fields are ${known.join(', ')}`);
    return json;
  }

  /** The expression under `key`, which must be there. */
  required(fields: JsonObject, key: string): Expression {
    const json = fields[key];
    return json === undefined ? this.under(key).fail('is missing') : this.under(key).value(json);
  }

  optional(fields: JsonObject, key: string): Expression | undefined {
    const json = fields[key];
    return json === undefined ? undefined : this.under(key).value(json);
  }

  /** The constant string under `key`. */
  text(fields: JsonObject, key: string): string {
    const json = fields[key];
    return typeof json === 'string' ? json : this.under(key).fail('must be text');
  }

  /** The constant boolean under `key`, or `otherwise` when it is not given. */
  flag(fields: JsonObject, key: string, otherwise: boolean): boolean {
    const json = fields[key] ?? otherwise;
    return typeof json === 'boolean' ? json : this.under(key).fail('must be true or false');
  }

  fail(problem: string, cause?: Error): never {
    const where = this.#at.join('.');
    throw new InputError(
      'invalid_request',
      where === '' ? `The mapping ${problem}.` : `Mapping, ${where}: ${problem}.`,
      where === '' ? 'mapping' : `mapping.${where}`,
      cause && { cause },
    );
  }

  #string(text: string): Expression {
    if (readsEvent.test(text)) return { kind: 'path', path: this.path(text) };
    const inner = /^coalesce\((.*)\)$/s.exec(text)?.[1];
    if (inner === undefined) return { kind: 'constant', value: text };
    const options = inner.match(coalesceOption) ?? [];
    if (inner === '' || options.join(',') !== inner) this.fail('has a coalesce() with an empty option');
    return { kind: 'coalesce', options: options.map((option) => this.#option(option.trim())) };
  }

  /** A path or, as something to fall back on, a value as JSON writes it. */
  #option(text: string): Expression {
    if (readsEvent.test(text)) return { kind: 'path', path: this.path(text) };
    const value = /^(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false)$/.test(text) ? tryJson(text) : undefined;
    if (value !== undefined) return { kind: 'constant', value };
    return this.fail(
      'has a coalesce() of something else than paths that begin with $., "text", numbers, true and false',
    );
  }

  #liquid(argument: Json | undefined, compile: NonNullable<MappingOptions['liquid']>): Expression {
    const render = typeof argument === 'string' ? compile(argument) : null;
    if (!render)
      return this.fail('is for templates of this destination’s own presets; use @template, @if and the like instead');
    return { kind: 'liquid', render };
  }

  #list(json: readonly Json[]): Expression {
    const items = json.map((item, index) => this.under(index).value(item));
    return items.every((item) => item.kind === 'constant')
      ? { kind: 'constant', value: json }
      : { kind: 'list', items };
  }

  #object(json: JsonObject): Expression {
    const fields: (readonly [string, Expression])[] = [];
    for (const [key, value] of Object.entries(json)) {
      // Assigning this name would change what the result inherits from.
      if (key === '__proto__') this.under(key).fail('is not a name a field can have');
      if (value !== undefined) fields.push([key, this.under(key).value(value)]);
    }
    return { kind: 'object', fields };
  }

  #directive(json: JsonObject, name: string, keys: readonly string[]): Expression {
    const others = keys.filter((key) => key !== name && key !== '_metadata');
    if (others.length > 0)
      this.fail(`has the directive ${name} and beside it ${others.join(', ')}; a directive stands alone`);
    const { liquid } = this.#options;
    if (name === '@liquid' && liquid) return this.under(name).#liquid(json[name], liquid);
    const read = directives.get(name);
    if (!read) this.fail(`has the unknown directive ${name}; known are ${[...directives.keys()].join(', ')}`);
    return read(json[name], this.under(name));
  }
}
