// People as the control API answers them, and the questions their pages ask.
import { useQuery } from '@tanstack/react-query';
import { ApiError, apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';

export type Person = Answer<'/api/v1/people/{identifier}', 'get'>;
export type PersonSummary = Answer<'/api/v1/people', 'get'>['items'][number];
export type Activity = Answer<'/api/v1/people/{identifier}/events', 'get'>['items'][number];
export type AttributeOrigin = Answer<'/api/v1/people/{identifier}/origins', 'get'>['items'][number];
export type DeliveryMetric = Answer<'/api/v1/people/{identifier}/delivery-metrics', 'get'>['items'][number];
export type Suppression = Answer<'/api/v1/suppressions', 'get'>['items'][number];
export type PersonChange = Answer<'/api/v1/people/{identifier}/suppress', 'post'>;

export const personPath = (identifier: string): string => `/api/v1/people/${encodeURIComponent(identifier)}`;

/** The best name there is for a person. */
export const personName = (person: Person): string => {
  const { id, email, cioId } = person.identifiers;
  return email ?? id ?? cioId;
};

export const usePerson = (identifier: string) =>
  useQuery({
    queryKey: ['person', identifier],
    queryFn: ({ signal }) => apiGet<Person>(personPath(identifier), undefined, signal),
  });

/** The person with exactly this identifier, of any kind; null when there is none. */
export const useExactPerson = (identifier: string) =>
  useQuery({
    queryKey: ['person', identifier, 'exact'],
    enabled: identifier !== '',
    queryFn: async ({ signal }): Promise<Person | null> => {
      try {
        return await apiGet<Person>(personPath(identifier), undefined, signal);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });
