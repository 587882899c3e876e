// Tells each kind of destination whose settings are in use, so that what it keeps for others goes.
import type { Destination } from '../control/model.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import type { Reporter } from './report.ts';

/** Never throws: what could not be forgotten is reported, and told again with the next configuration. */
export function tellInUse(registry: DestinationRegistry, destinations: readonly Destination[], report: Reporter): void {
  for (const kind of registry.values()) {
    try {
      kind.settingsInUse?.(destinations.filter(({ kind: slug }) => slug === kind.slug).map(({ settings }) => settings));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report({ kind: 'waiting for storage', doing: `forgetting what ${kind.slug} no longer needs`, reason });
    }
  }
}
