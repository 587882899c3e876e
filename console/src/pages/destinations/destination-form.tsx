// What the form of a new destination and that of one that is there have in common: its values, what is wrong with them,
// and leading the user to it.
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { Destination } from './destination-queries.ts';
import { fieldErrorsOf, isAtFields, useFocusOnFault } from './field-errors.ts';
import { useFormFaults } from './form-faults.ts';
import { SettingsFields } from './settings-fields.tsx';
import { missingFields } from './settings-schema.ts';
import type { SettingField } from './settings-schema.ts';

export type DestinationValues = Pick<Destination, 'name' | 'settings' | 'sourceIds'>;

/** `refused` is what the server said to the last attempt, null when it took it or was not asked yet. */
export function useDestinationForm(
  fields: readonly SettingField[],
  initial: () => DestinationValues,
  refused: Error | null,
) {
  const [values, setValues] = useState(initial);
  const [attempt, setAttempt] = useState(0);
  const element = useRef<HTMLFormElement>(null);
  const faults = useFormFaults();
  useFocusOnFault(element, refused ?? attempt);
  const missing = missingFields(fields, values.settings);
  return {
    element,
    fields,
    values,
    refused,
    errors: { ...fieldErrorsOf(refused), ...(attempt > 0 && missing), ...faults.all },
    change: (part: Partial<DestinationValues>): void => setValues((before) => ({ ...before, ...part })),
    noteFault: faults.note,
    /** Whether what the form shows can be stored; what speaks against it is shown from now on. */
    check: (): boolean => {
      setAttempt(attempt + 1);
      return Object.keys({ ...missing, ...faults.all }).length === 0;
    },
  };
}

export type DestinationForm = ReturnType<typeof useDestinationForm>;

interface FormFrameProps {
  readonly form: DestinationForm;
  /** Called when there is nothing wrong that can be told here. */
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export const FormFrame = ({ form, onSubmit, children }: FormFrameProps) => (
  <form
    ref={form.element}
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      if (form.check()) onSubmit();
    }}
  >
    {children}
  </form>
);

export const KindSettings = ({ form, disabled }: { readonly form: DestinationForm; readonly disabled: boolean }) => (
  <SettingsFields
    fields={form.fields}
    values={form.values.settings}
    errors={form.errors}
    onChange={(settings) => form.change({ settings })}
    onFault={form.noteFault}
    disabled={disabled}
  />
);

/** What the server said that belongs to no field. */
export const Refusal = ({ form: { refused } }: { readonly form: DestinationForm }) =>
  refused !== null && !isAtFields(refused) && <ErrorNotice error={refused} />;
