// Fields that many actions have: what a mapping may put there is wide, what the action gets is one type.
import { z } from 'zod';
import { parseTime } from '../event/event-time.ts';
import { isObject } from '../lib/json.ts';
import type { JsonObject } from '../lib/json.ts';

/** Text, or a number or boolean as text. Nothing, null and "" are undefined. */
export const optionalText = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .optional()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)));

/** Text, or a number or boolean as text, that is there. */
export const requiredText = z
  .union([z.string(), z.number(), z.boolean()], { error: 'is missing or not text' })
  .transform(String)
  .refine((text) => text !== '', { error: 'is empty' });

/** An object of any JSON; {} without one. What is inside was made by a mapping and is not looked through again. */
export const optionalObject = z
  .custom<JsonObject>(isObject, { error: 'is not an object' })
  .nullish()
  .transform((value) => value ?? {})
  .meta({ type: 'object' });

/** A time as {@link parseTime} reads it, as ms since 1970. What cannot be read as one is undefined. */
export const optionalTime = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => {
    const at = parseTime(value);
    return Number.isNaN(at) ? undefined : at;
  });
