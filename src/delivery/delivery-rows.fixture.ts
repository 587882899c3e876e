// Rows of a delivery store, and what the suites of its contract need of an engine.
import { afterEach, beforeEach } from 'vitest';
import type { ConfigVersion } from './delivery-reader.ts';
import { newCondition } from './delivery-store.ts';
import type {
  DeliveryStore,
  DestinationCommit,
  NewDeadLetter,
  OutcomeCount,
  ParkedEvent,
  StoredCursor,
} from './delivery-store.ts';

export interface StoreUnderTest {
  readonly store: DeliveryStore;
  /** Closes the store and opens it again. */
  reopen(): Promise<DeliveryStore>;
  close(): Promise<void>;
}

export const minute = 29_000_000;
const receivedAt = minute * 60_000 + 5;

export const commit = (change: Partial<DestinationCommit> = {}): DestinationCommit => ({
  destinationId: 'd1',
  cursors: [],
  counts: [],
  actionCounts: [],
  delays: [],
  parked: [],
  progress: [],
  unparked: [],
  deadLetters: [],
  attempts: [],
  versions: [],
  gaps: [],
  condition: newCondition,
  ...change,
});
export const cursor = (offset: number, reached = offset): StoredCursor => ({ partition: 0, offset, reached });
export const count = (
  outcome: OutcomeCount['outcome'],
  events = 1,
  change: Partial<OutcomeCount> = {},
): OutcomeCount => ({
  sourceId: 's1',
  minute,
  outcome,
  reason: '',
  events,
  ...change,
});
export const parked = (offset: number, change: Partial<ParkedEvent> = {}): ParkedEvent & { readonly body: string } => ({
  partition: 0,
  offset,
  sourceId: 's1',
  messageId: `m${offset}`,
  receivedAt,
  orderKeys: ['u1', 'a1'],
  attempts: 1,
  spentMs: 10,
  retryAt: receivedAt,
  settled: {},
  reason: 'answered 500',
  body: `{"n":${offset}}`,
  ...change,
});
export const letter = (offset: number, change: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  partition: 0,
  offset,
  sourceId: 's1',
  messageId: `m${offset}`,
  receivedAt,
  diedAt: receivedAt + 1000,
  attempts: 3,
  reason: 'refused (400)',
  settled: { a1: 'delivered', a2: 'failed' },
  orderKeys: ['u1'],
  body: `{"n":${offset}}`,
  ...change,
});
export const version = (from: number, number: number): ConfigVersion => ({
  partition: 0,
  from,
  version: number,
  codeVersion: '1',
  config: { actions: [], number },
});

/** A store for each test of the present suite, with destination d1 begun at offset 5. */
export function useDeliveryStore(open: () => Promise<StoreUnderTest>): {
  readonly opened: StoreUnderTest;
  readonly store: DeliveryStore;
} {
  let opened: StoreUnderTest;
  beforeEach(async () => {
    opened = await open();
    await opened.store.begin('d1', [{ partition: 0, start: 5 }]);
  });
  afterEach(() => opened.close());
  return {
    get opened() {
      return opened;
    },
    get store() {
      return opened.store;
    },
  };
}
