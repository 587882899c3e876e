// A destination of a kind that is written to in ranges, as a new one starts, for a delivery bed.
import type { Destination } from '../../src/control/model.ts';
import { startingActions } from '../../src/destinations/destination.ts';
import type { DestinationKind } from '../../src/destinations/destination.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { openDeliveryBed } from './delivery-bed.ts';
import type { BedOptions, DeliveryBed } from './delivery-bed.ts';

export const rangeDestination = (
  kind: DestinationKind,
  settings: JsonObject,
  change: Partial<Destination> = {},
): Destination => ({
  id: 'd1',
  name: kind.name,
  kind: kind.slug,
  enabled: true,
  sourceIds: null,
  actions: startingActions(kind).map(({ action, ...rest }) => ({ id: action, kind: action, enabled: true, ...rest })),
  version: 1,
  createdAt: 0,
  startFrom: 'beginning',
  settings: { delivery: { firstRetryMs: 10, longestRetryMs: 50 }, ...settings },
  ...change,
});

export const openRangeBed = (kind: DestinationKind, options: BedOptions = {}): Promise<DeliveryBed> =>
  openDeliveryBed({ registry: new Map([[kind.slug, kind]]), ...options });
