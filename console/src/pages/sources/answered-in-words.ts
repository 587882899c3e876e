// What the client of a rejected call was told, which decides whether it knows of it.
import type { Rejection } from './source-queries.ts';

type Told = Pick<Rejection, 'strict' | 'answered' | 'field'>;

/** "answered 200, as if all were well", "answered 400 with the reason". */
export function answeredInWords({ strict, answered, field }: Told): string {
  if (!strict) return `answered ${answered}, as if all were well: the call was permissive`;
  if (answered === 404) return `answered ${answered}`;
  return `answered ${answered} with the reason${field?.startsWith('batch[') ? '; nothing of the batch was taken' : ''}`;
}
