// Says what is wrong with a request in words that help: the field, the limit, the remedy.
import type { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import { nearest } from '../lib/nearest.ts';

/** One fault of a request. */
export interface RequestFault {
  /** Path such as `settings.url`; null when the whole body is meant. */
  readonly field: string | null;
  readonly message: string;
  /** The limit that was passed or the values that are allowed. */
  readonly limit: string | number | readonly string[] | null;
  readonly remedy: string;
}

/** Thrown when a request does not have the form of its schema; carries every fault. */
export class InvalidRequestError extends InputError {
  readonly faults: readonly RequestFault[];

  constructor(faults: readonly RequestFault[]) {
    const [first] = faults;
    super('invalid_request', first ? sentence(first) : undefined, first?.field ?? undefined);
    this.faults = faults;
  }
}

/** A fault as one line for people. */
export const sentence = ({ field, message, remedy }: RequestFault): string =>
  `${field ?? 'The request'} ${message}. ${remedy}`;

/** Translates what zod found wrong with `data`, the `part` (body, querystring, params) of a request. */
export function toInvalidRequest(error: z.ZodError, data: unknown, part = 'body'): InvalidRequestError {
  return new InvalidRequestError(error.issues.flatMap((issue) => toFaults(issue, data, part)));
}

function toFaults(issue: z.core.$ZodIssue, data: unknown, part: string): RequestFault[] {
  const field = fieldName(issue.path);
  const fault = (message: string, remedy: string, limit: RequestFault['limit'] = null): RequestFault[] => [
    { field, message, limit, remedy },
  ];
  switch (issue.code) {
    case 'invalid_type':
      // A request without a body is parsed as null.
      if (field === null && (data === null || data === undefined)) return fault('has no body', 'Send a JSON object.');
      if (valueAt(data, issue.path) === undefined) return fault('is missing', `Send ${article(issue.expected)}.`);
      return fault('is of the wrong type', `Send ${article(issue.expected)}.`, issue.expected);
    case 'too_big':
      return fault(
        `is above the limit of ${unit(issue.maximum, issue.origin)}`,
        'Make it smaller.',
        Number(issue.maximum),
      );
    case 'too_small':
      return fault(
        `is below the least of ${unit(issue.minimum, issue.origin)}`,
        'Make it larger.',
        Number(issue.minimum),
      );
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const given = valueAt(data, issue.path);
      const hint = typeof given === 'string' ? ` Did you mean ${nearest(given, allowed)}?` : '';
      return fault(`is none of ${allowed.join(', ')}`, `Use one of these.${hint}`, allowed);
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: fieldName([...issue.path, key]),
        message: part === 'querystring' ? 'is no parameter of this address' : 'is not known here',
        limit: null,
        remedy: 'Leave it out, or check its spelling in the reference at /docs/control.',
      }));
    case 'invalid_format': {
      const known = formats[issue.format];
      return fault(
        known ? `is no ${known.name}` : 'is not written as it has to be',
        known ? `Write it like ${known.example}.` : 'See the reference at /docs/control.',
        issue.pattern ?? issue.format,
      );
    }
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      break;
  }
  return fault(`is not valid: ${issue.message}`, 'See the reference at /docs/control.');
}

const formats: Readonly<Record<string, { readonly name: string; readonly example: string }>> = {
  datetime: { name: 'date and time', example: '2026-01-31T12:00:00Z' },
  email: { name: 'email address', example: 'ann@example.com' },
  url: { name: 'address', example: 'https://example.com/' },
};

const fieldName = (path: readonly PropertyKey[]): string | null =>
  path.length === 0
    ? null
    : path.reduce<string>(
        (name, key) =>
          typeof key === 'number' ? `${name}[${key}]` : name === '' ? String(key) : `${name}.${String(key)}`,
        '',
      );

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    data,
  );

const article = (expected: string): string => `${/^[aeio]/.test(expected) ? 'an' : 'a'} ${expected}`;

const unit = (limit: number | bigint, origin: string): string =>
  origin === 'string' ? `${limit} characters` : origin === 'array' ? `${limit} items` : String(limit);
