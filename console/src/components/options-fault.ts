// What a field says whose choices could not be read; they come by themselves once the server answers.
import type { UseQueryResult } from '@tanstack/react-query';

export const optionsFault = ({ data, error }: Pick<UseQueryResult, 'data' | 'error'>): string | undefined =>
  data === undefined && error !== null ? 'These could not be read. They are asked for again by themselves.' : undefined;
