// Liquid, the language in which a few of the package's presets are written: rendered as the package does, with its
// limits. Only templates of the catalogue are; what users write has Leat's own directives.
import { createRequire } from 'node:module';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { isObject } from '../../src/lib/json.ts';
import type { CatalogueKind } from './catalogue.ts';

/** What makes text of an event; undefined when the event is such that the template fails. */
export type RenderLiquid = (event: JsonObject) => string | undefined;

interface LiquidEngine {
  parse(template: string): unknown;
  renderSync(template: unknown, event: JsonObject): unknown;
  registerTag(name: string, tag: object): void;
}

/** The package's: ms, characters, bytes. */
const limits = { renderLimit: 500, parseLimit: 1000, memoryLimit: 1e8 };
/** Tags that repeat or reach for other templates. */
const disabledTags = ['for', 'tablerow', 'include', 'layout', 'render'];

/** Makes the kind's own templates renderers, and null of any other. Loads the language with the first that is asked for. */
export function liquidOf(kind: Pick<CatalogueKind, 'actions' | 'presets'>): (template: string) => RenderLiquid | null {
  let known: ReadonlySet<string> | undefined;
  let engine: LiquidEngine | undefined;
  return (template) => {
    known ??= new Set([...kind.actions, ...kind.presets].flatMap(({ mapping }) => templatesIn(mapping as Json)));
    if (!known.has(template)) return null;
    const liquid = (engine ??= openEngine());
    const parsed = liquid.parse(template);
    return (event) => {
      try {
        return String(liquid.renderSync(parsed, event));
      } catch (error) {
        // An event that the template cannot cope with has nothing there, as with any other directive.
        if (error instanceof Error) return undefined;
        throw error;
      }
    };
  };
}

function templatesIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(templatesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '@liquid' && typeof part === 'string' ? [part] : templatesIn(part),
  );
}

function openEngine(): LiquidEngine {
  const require = createRequire(import.meta.url);
  const { Liquid } = require('liquidjs') as { readonly Liquid: new (options: object) => LiquidEngine };
  const engine = new Liquid(limits);
  const refuse = (): never => {
    throw new Error('This tag is not used here.');
  };
  for (const name of disabledTags) engine.registerTag(name, { parse: refuse, render: refuse });
  return engine;
}
