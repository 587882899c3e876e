// A replay of everything, to be narrowed by a test; and waiting for one to end.
import type { NewReplay, ReplayRun } from '../../src/delivery/replay/replay.ts';
import type { DeliveryBed } from './delivery-bed.ts';
import { waitFor } from './wait-for.ts';

export const wholeReplay: NewReplay = {
  filter: null,
  sourceIds: null,
  ratePerSecond: null,
  dryRun: false,
  from: null,
  to: null,
  fromOffset: null,
  toOffset: null,
  createdBy: 'tester',
};

export const replayEnded = (bed: DeliveryBed, id: string): Promise<ReplayRun> =>
  waitFor('the replay to end', async () => {
    const run = await bed.store.replay(id);
    return run && run.endedAt !== null && run;
  });
