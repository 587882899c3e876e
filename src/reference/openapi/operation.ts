// How a call is described: the one source of its part of the OpenAPI document, its page and its Postman requests.
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Schema } from './schema.ts';

/**
 * What the control API shows once an example has been sent; paths are below `/api/v1/`. `has` names members and items
 * that are there, among others; with `exactly` lists have these items and no more.
 */
export type Effect =
  | { readonly get: string; readonly has: Json }
  | { readonly get: string; readonly exactly: Json }
  | { readonly get: string; readonly lacks: string }
  | { readonly get: string; readonly status: 404 };

/** One call that works as it stands. Examples of a page are sent in order, so a later one may build on an earlier one. */
export interface Example {
  /** Kebab-case, unique in the document. */
  readonly name: string;
  /** One line in the imperative: the title in Postman and on the page. */
  readonly summary: string;
  /** Folder inside the call's Postman folder; none when the call has few examples. */
  readonly group?: string;
  /** One or two sentences shown before the example. */
  readonly text?: string;
  readonly body: JsonObject;
  readonly effects: readonly Effect[];
}

/** One way to make a call: who or what it is about. */
interface Variant {
  readonly title: string;
  /** What the variant needs, as field paths. */
  readonly needs: string;
  readonly text: string;
}

/** A `POST` route that takes calls. */
export interface CallOperation {
  /** Last part of the path; also the operation's id and the name of its page. */
  readonly name: string;
  /** The short form, which browser clients use. */
  readonly shortForm: string;
  readonly title: string;
  /** Markdown: what the call is for and what it does. */
  readonly text: string;
  readonly variants: readonly Variant[];
  readonly schemaName: string;
  readonly schema: Schema;
  readonly examples: readonly Example[];
}
