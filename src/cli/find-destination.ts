// A destination as commands are given it: by id, or by name where that is clear.
import { CliError } from './cli-error.ts';
import type { ControlClient, Page } from './control-client.ts';

export interface DestinationView {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly actions: readonly { readonly id: string; readonly name: string; readonly enabled: boolean }[];
  readonly state: {
    readonly breaker: 'closed' | 'open' | 'probing';
    readonly breakerReason: string | null;
    readonly parked: number;
    readonly deadLetters: number;
    readonly lastSuccessAt: string | null;
    readonly lastError: string | null;
    readonly lastErrorAt: string | null;
  } | null;
  readonly pace: PaceView | null;
}

/** How a destination is being served at this moment. */
export interface PaceView {
  readonly inFlight: number;
  readonly limit: number;
  readonly maxConcurrency: number;
  readonly ratePerSecond: number | null;
  readonly breaker: 'closed' | 'open' | 'probing';
  readonly breakerReason: string | null;
  readonly nextProbeAt: string | null;
  readonly lastRetryAfter: { readonly at: string; readonly until: string } | null;
}

/** The destination with this id, or with this name when only one has it. */
export async function findDestination(client: ControlClient, wanted: string): Promise<DestinationView> {
  const { items } = await client.get<Page<DestinationView>>('destinations');
  const found = items.filter(({ id }) => id === wanted);
  const named = found.length > 0 ? found : items.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [destination] = named;
  if (!destination)
    throw new CliError(`There is no destination "${wanted}".`, { hint: 'List them: leat destination list' });
  if (named.length > 1)
    throw new CliError(`${named.length} destinations are called "${wanted}".`, {
      hint: `Give the id: ${named.map(({ id }) => id).join(', ')}`,
    });
  return destination;
}
