// Texts of a form that do not say anything it could store. While there is one, the form holds other values than it
// shows, and must not be stored.
import { useCallback, useState } from 'react';
import type { FieldErrors } from './settings-schema.ts';

export interface FormFaults {
  /** What is wrong, by the path or label of the field. */
  readonly all: FieldErrors;
  /** Null once nothing is wrong with the field. */
  readonly note: (at: string, fault: string | null) => void;
  /** Where the fields themselves have gone. */
  readonly forget: () => void;
}

const none: FieldErrors = {};

export function useFormFaults(): FormFaults {
  const [all, setAll] = useState(none);
  const note = useCallback(
    (at: string, fault: string | null): void =>
      setAll((before) => {
        const { [at]: _, ...others } = before;
        return fault === null ? others : { ...others, [at]: fault };
      }),
    [],
  );
  const forget = useCallback((): void => setAll(none), []);
  return { all, note, forget };
}
