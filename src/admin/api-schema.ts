// Parts that many addresses of the control API share: times, pages, page parameters.
import { z } from 'zod';
import { isObject } from '../lib/json.ts';
import type { JsonObject } from '../lib/json.ts';

/** ms since 1970 as it stands in answers. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
export const isoTimeOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));

export const time = z.iso.datetime().meta({ description: 'ISO 8601, UTC.' });

/** A list as every list is answered. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Pass as `cursor` to continue; null at the end.' }),
  });

export const cursor = z.string().min(1).max(500).optional().meta({ description: '`next` of the page before.' });

/** A cursor that is the id of a row. */
export const rowCursor = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional()
  .meta({ description: '`next` of the page before.' });

export const pageLimit = (most: number, usual: number) =>
  z.coerce.number().int().min(1).max(most).default(usual).meta({ description: 'Most items of the page.' });

/** Any JSON object. What it holds needs no look: it came from the JSON parser, or is written by Leat. */
export const jsonObject = z
  .custom<JsonObject>(isObject, { error: 'send a JSON object' })
  .meta({ type: 'object', additionalProperties: true });

export const id = (what: string) =>
  z
    .string()
    .min(1)
    .max(200)
    .meta({ description: `Id of the ${what}.` });

export const displayName = z.string().trim().min(1).max(200);

/** Without the fields that are undefined, as optional ones of a parsed body may be. */
export const defined = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
