// The trigger language (FQL) as plain data. This comment is its definition; parse-trigger.ts reads it, print-trigger.ts
// writes it, compile-trigger.ts runs it and explain-trigger.ts shows its work.
//
//   trigger  = and { "or" and }                     "and" binds tighter than "or"
//   and      = not { "and" not }
//   not      = "!" not | "(" trigger ")" | clause
//   clause   = operand ("=" | "!=") (string | number | true | false | null)
//            | operand ("<" | "<=" | ">" | ">=") number
//            | operand "in" "[" literal { "," literal } "]"
//            | literal "in" operand                 the list found there has this element
//            | contains(operand, string) | match(operand, glob) | starts_with(operand, string) | ends_with(operand, string)
//            | exists(operand)
//            | operand                              a field or bool(…): it is true
//   operand  = path | function "(" operand ")"
//   function = length lowercase uppercase snakecase kebabcase titlecase typeof | bool string number
//   path     = part { "." part }                    properties.plan, properties.products.0.sku, context."my key".x
//
// A part holds letters, digits, "_", "-" and "$"; anything else is escaped with "\" or the part (not the first) is
// quoted. Strings stand in double or single quotes with the escapes of JSON (and \'). "!" applies to what follows it
// directly, so a comparison needs parentheses: !(type = "track"). "and", "or" may be written in capitals.
//
// Evaluation, which never fails:
// - A field that is missing counts as null, and so does one inside something that is not an object or a list.
// - "=" holds when both sides have the same type and are the same: 42 = "42" does not hold, string(field) = "42" does.
//   A list or an object equals nothing. "!=" is exactly the opposite of "=", so it holds for a missing field.
// - "<" and its kin hold between numbers only; "in" is "=" with any of the list; "!" is exact negation, always.
// - The text tests hold for strings only and mind the letter case. match() covers the whole string (glob.ts).
// - exists(x) is x != null. A clause that is just a field holds when the value there is exactly true.
// - length: bytes of a string in UTF-8, elements of a list, 0 for null; of anything else null.
// - The case functions give null for what is not a string (lib/word-case.ts says what words are).
// - typeof: "string", "number", "bool", "list", "object" or "null".
// - bool: false for null, false, 0, "", "0", "false" in any case and the empty list; otherwise true.
// - string: text as JSON writes it, strings as they are, null stays null. number: a number, or a string that is a JSON
//   number in full; otherwise null.
//
// Origin: Segment's Filter Query Language as documented, and what its packaged destinations generate (Pipelines API
// facts, 8.4). starts_with, ends_with and exists are ours, readable names for match(x, "a*") and x != null.

/** What a comparison compares with. */
export type Literal = string | number | boolean | null;

export const transformFunctions = [
  'length',
  'lowercase',
  'uppercase',
  'snakecase',
  'kebabcase',
  'titlecase',
  'typeof',
  'bool',
  'string',
  'number',
] as const;
export type TransformFunction = (typeof transformFunctions)[number];

export const textTests = ['contains', 'match', 'starts_with', 'ends_with'] as const;
export type TextTest = (typeof textTests)[number];

type EqualityOperator = '=' | '!=';
export type OrderOperator = '<' | '<=' | '>' | '>=';

/** Where a value comes from: a path into the event, or a function of such a value. */
export type Operand =
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: TransformFunction; readonly argument: Operand };

/** One condition on one value. */
export type Clause =
  | {
      readonly kind: 'equality';
      readonly operand: Operand;
      readonly operator: EqualityOperator;
      readonly value: Literal;
    }
  | { readonly kind: 'order'; readonly operand: Operand; readonly operator: OrderOperator; readonly value: number }
  | { readonly kind: 'in'; readonly operand: Operand; readonly values: readonly Literal[] }
  | { readonly kind: 'has'; readonly value: Literal; readonly operand: Operand }
  | { readonly kind: 'text'; readonly test: TextTest; readonly operand: Operand; readonly text: string }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | { readonly kind: 'true'; readonly operand: Operand };

/** A trigger: which events an action takes. `and` and `or` have at least two clauses. */
export type Trigger =
  | Clause
  | { readonly kind: 'and'; readonly clauses: readonly Trigger[] }
  | { readonly kind: 'or'; readonly clauses: readonly Trigger[] }
  | { readonly kind: 'not'; readonly clause: Trigger };
