// The mapping language as plain data. This comment is its definition; parse-mapping.ts reads it, compile-mapping.ts runs
// it, explain-mapping.ts shows where each field came from.
//
// A mapping is JSON. An object or a list is built field by field, a number, boolean or null stands for itself, and so
// does a string, with two exceptions: "$.a.b" (or $["a"].b) reads the event and "coalesce($.a, $.b)" takes the first value that is
// neither missing nor null, where an option may also be a value to fall back on: coalesce($.a, "1"). An object with one
// key that begins with "@" is a directive (a `_metadata` key beside it is ignored); a directive has no other keys.
//
//   {"@path": "$.a.b"}                        the value at a path
//   {"@template": "Hi {{traits.email}}"}      text with values in it; missing and null give "", lists and objects JSON
//   {"@if": {"exists": x, "then", "else"}}    then when x is neither missing nor null
//   {"@if": {"blank": x, "then", "else"}}     then when x is moreover not "": it guards against blanks
//   {"@arrayPath": [list, shape]}             shape for each element, whose paths begin at the element; one object
//                                             counts as a list of one, anything else is passed on as it is
//   {"@literal": value}                       the value itself, directives and "$." in it included
//   {"@case": {"operator", "value"}}          lower, upper, snake, kebab or title case; what is not text stays
//   {"@replace": {"pattern", "replacement", "pattern2", "replacement2", "ignorecase", "global", "value"}}
//                                             plain text for plain text, all places unless global is false; numbers and
//                                             booleans are taken as text, what else is not text stays
//   {"@flatten": {"separator", "value", "omitArrays"}}   nested objects (and lists) to one level: a.b, a.0
//   {"@json": {"mode": "encode" | "decode", "value"}}    to and from JSON text; text that is not JSON stays
//   {"@merge": {"objects": [...], "direction": "left" | "right"}}   right: later objects win; left: earlier ones
//   {"@transform": {"apply", "mapping"}}      mapping reads what apply made instead of the event
//   {"@excludeWhenNull": value}               null, at any depth of objects, counts as missing
//   {"@liquid": template}                     text; only templates that a kind of destination brings along in its presets
//
// Missing (undefined) fields and list elements are dropped, null is kept. A path begins with "$." (which may be left
// out in @path, @template and @arrayPath; "$." alone is the whole), keys may hold spaces, lists are indexed as [0] or
// .0, and a key with a dot or a bracket in it is written ["a.b"].
//
// Origin: the mapping format of Segment's packaged destinations and of the Customer.io API description (Pipelines API
// facts, 8.5). Where that format has accidents we do the evident thing: 0 and false are not blank, `else` may be false,
// a missing value does not blank out an earlier one in @merge, and replacement text has no special characters.
import type { Json, JsonObject } from '../../lib/json.ts';

export const caseOperators = ['lower', 'upper', 'snake', 'kebab', 'title'] as const;
export type CaseOperator = (typeof caseOperators)[number];

/** Makes text of what a mapping reads; undefined when that has nothing for it. Never throws. */
export type RenderTemplate = (root: JsonObject) => string | undefined;

interface Replacement {
  readonly pattern: string;
  readonly replacement: string;
}

/** A place in the event: the keys to follow and how the mapping wrote it. */
export interface MappingPath {
  readonly text: string;
  readonly keys: readonly string[];
}

export type Expression =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: MappingPath }
  | { readonly kind: 'computedPath'; readonly path: Expression }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [name: string, value: Expression])[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'coalesce'; readonly options: readonly Expression[] }
  | { readonly kind: 'template'; readonly parts: readonly (string | MappingPath)[] }
  | { readonly kind: 'computedTemplate'; readonly template: Expression }
  | {
      readonly kind: 'if';
      readonly test: 'exists' | 'blank';
      readonly subject: Expression;
      /** `then` and `else` of the directive. */
      readonly present: Expression | undefined;
      readonly absent: Expression | undefined;
    }
  | { readonly kind: 'each'; readonly list: Expression; readonly shape: Expression | undefined }
  | { readonly kind: 'case'; readonly operator: CaseOperator; readonly value: Expression }
  | {
      readonly kind: 'replace';
      readonly replacements: readonly Replacement[];
      readonly ignoreCase: boolean;
      readonly global: boolean;
      readonly value: Expression;
    }
  | { readonly kind: 'flatten'; readonly separator: string; readonly keepLists: boolean; readonly value: Expression }
  | { readonly kind: 'json'; readonly mode: 'encode' | 'decode'; readonly value: Expression }
  | { readonly kind: 'merge'; readonly objects: readonly Expression[]; readonly firstWins: boolean }
  | { readonly kind: 'transform'; readonly apply: Expression; readonly mapping: Expression }
  | { readonly kind: 'excludeWhenNull'; readonly value: Expression }
  | { readonly kind: 'liquid'; readonly render: RenderTemplate };
