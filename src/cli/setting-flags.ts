// Settings of a destination from `name=value` flags: what the kind says is text stays text, the rest is read as JSON.
import { CliError, exitCodes } from './cli-error.ts';

/** The part of a JSON schema that decides how a flag is read. */
export interface SettingSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: boolean | SettingSchema;
  readonly items?: SettingSchema;
}

/** A dot goes into an object: `headers.X-Team=growth`; a name after an object of free names is taken whole. */
export function parseSettingFlags(flags: readonly string[], schema: SettingSchema): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const flag of flags) {
    const at = flag.indexOf('=');
    if (at < 1) throw new CliError(`--set ${flag} is not of the form name=value.`, { exitCode: exitCodes.usage });
    put(settings, schema, flag.slice(0, at), flag.slice(at + 1), flag);
  }
  return settings;
}

function put(place: Record<string, unknown>, schema: SettingSchema, name: string, text: string, flag: string): void {
  const dot = name.indexOf('.');
  const head = dot < 0 ? name : name.slice(0, dot);
  const known = Object.hasOwn(schema.properties ?? {}, head) ? schema.properties?.[head] : undefined;
  // Free names, such as those of headers, may hold dots themselves.
  const free = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  if (!known && free) return define(place, name, readValue(free, text, flag));
  if (dot < 0) return define(place, name, readValue(known ?? {}, text, flag));
  const inner = Object.hasOwn(place, head) ? place[head] : undefined;
  const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  define(place, head, next);
  return put(next, known ?? {}, name.slice(dot + 1), text, flag);
}

/** Also names such as `__proto__` become plain fields. */
const define = (place: Record<string, unknown>, name: string, value: unknown): void => {
  Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true });
};

function readValue(schema: SettingSchema, text: string, flag: string): unknown {
  const types = [schema.type ?? []].flat();
  if (types.includes('string')) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (types.length === 0) return text;
    // A list of texts need not be written as JSON: brokers=a:9092,b:9092.
    if (types.includes('array') && schema.items?.type === 'string' && !text.trimStart().startsWith('['))
      return text.split(',').map((part) => part.trim());
    throw new CliError(`--set ${flag}: the value is read as JSON (${types.join(' or ')}), and is none.`, {
      exitCode: exitCodes.usage,
      cause,
    });
  }
}
