// Where an error of the control API belongs in a form.
import { ApiError } from '../../api/client.ts';
import type { FieldErrors } from './settings-schema.ts';

/** Faults by path, as the server names them, without the path in front of the sentence. */
export function fieldErrorsOf(error: unknown): FieldErrors {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    error.details.flatMap(({ field, message }) => {
      if (!field) return [];
      const plain = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
      return [[field, plain.charAt(0).toUpperCase() + plain.slice(1)]];
    }),
  );
}
