// Where an error of the control API belongs in a form, and leading the user there.
import { useEffect } from 'react';
import type { RefObject } from 'react';
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

/** Whether every fault of the error is shown at a field of the settings. */
export const isAtFields = (error: unknown): boolean => {
  const fields = Object.keys(fieldErrorsOf(error));
  return fields.length > 0 && fields.every((field) => field.startsWith('settings.'));
};

/** Takes the keyboard to the first field at fault, each time `attempt` changes. */
export function useFocusOnFault(form: RefObject<HTMLFormElement | null>, attempt: unknown): void {
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, attempt]);
}
