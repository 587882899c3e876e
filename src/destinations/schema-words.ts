// What a schema finds wrong, in words that go on after the name of the field: "is missing", "must be text".
import type { z } from 'zod';
import type { Json } from '../lib/json.ts';

/** Words of the schema's own stay; zod's are for programmers. `value` is what stands at the issue's path. */
export function faultInWords(issue: z.core.$ZodIssue, value: Json | undefined): string {
  if (issue.code === 'unrecognized_keys') return `has nothing called ${issue.keys.join(', ')}`;
  // A schema's own words are for a value that is there.
  if (issue.code === 'invalid_type' && value === undefined) return 'is missing';
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return `must be ${typeNames[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return value === undefined ? 'is missing' : `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small' && issue.message.startsWith('Too small'))
    return value === '' ? 'is empty' : `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) return `must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_union' && value === undefined) return 'is missing';
  return issue.message;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
