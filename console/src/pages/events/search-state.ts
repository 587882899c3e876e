// The address's search parameters as plain text, so that a filter survives a reload and can be sent to a colleague.
import { useNavigate, useSearch } from '@tanstack/react-router';

export type SearchState = Readonly<Record<string, string | undefined>>;

/** The parameters, and a way to change some of them; undefined and '' remove one. */
export function useSearchState(): readonly [SearchState, (change: SearchState) => void] {
  const given: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
    ),
  );
  const change = (more: SearchState): void => {
    const next = Object.entries({ ...state, ...more }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(next), replace: true });
  };
  return [state, change];
}
