// What of a breaker's turns the operator is told: that an outage begins, that its reason changes, that it ends. A probe
// that fails as the one before did is no news.
import type { Reporter } from './report.ts';

/** Of one destination. To be called at each turn of its breaker. */
export function outageNews(
  destinationId: string,
  report: Reporter,
): (state: 'opened' | 'closed', reason: string | null) => void {
  let told: string | null = null;
  return (state, reason) => {
    if (state === 'closed') {
      told = null;
      report({ kind: 'breaker closed', destinationId });
    } else if (reason !== told) {
      told = reason;
      report({ kind: 'breaker opened', destinationId, reason: reason ?? '' });
    }
  };
}
