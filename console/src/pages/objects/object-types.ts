// Object types and their names, for every page that mentions one.
import { useQuery } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';

export type ObjectType = Answer<'/api/v1/objects', 'get'>['items'][number];

export const objectTypesKey = ['object types'];

export const useObjectTypes = () =>
  useQuery({
    queryKey: objectTypesKey,
    queryFn: ({ signal }) => apiGet<{ readonly items: readonly ObjectType[] }>('/api/v1/objects', {}, signal),
  });

export const typeLabel = ({ id, name }: Pick<ObjectType, 'id' | 'name'>): string => name ?? `Type ${id}`;

/** From the id of a type to what it is called. */
export function useTypeNames(): (typeId: string) => string {
  const { data } = useObjectTypes();
  return (typeId) => typeLabel(data?.items.find(({ id }) => id === typeId) ?? { id: typeId, name: null });
}
