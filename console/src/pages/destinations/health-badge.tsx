// How a destination is doing, in a word.
import { StatusBadge } from '../../components/status-badge.tsx';
import { useFailedTest } from './connection-tests.ts';
import { healthOf } from './destination-health.ts';
import type { Destination } from './destination-queries.ts';

export function HealthBadge({ destination }: { readonly destination: Destination }) {
  const { tone, text } = healthOf(destination, { failedTest: useFailedTest(destination) });
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
