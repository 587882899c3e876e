// How a destination is doing, in a word.
import { StatusBadge } from '../../components/status-badge.tsx';
import { healthOf } from './destination-health.ts';
import type { Destination } from './destination-queries.ts';

export function HealthBadge({ destination }: { readonly destination: Destination }) {
  const { tone, text } = healthOf(destination);
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
