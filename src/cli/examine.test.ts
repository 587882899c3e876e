import { describe, expect, it } from 'vitest';
import { privateAddressReason } from '../destinations/private-address.ts';
import { examineDestinations } from './examine-destinations.ts';
import { judgeEvents } from './examine-events.ts';
import { examineServer } from './examine-server.ts';
import type { Finding } from './finding.ts';
import type { StatusView } from './status-command.ts';

const status: StatusView = {
  version: '1',
  region: 'us',
  uptimeMs: 1,
  privateDestinations: false,
  memoryBytes: 1,
  disk: { freeBytes: 50e9, totalBytes: 100e9 },
  log: {
    engine: 'sqlite',
    partitions: [{ start: 1, end: 10 }],
    bytes: 1000,
    queued: 0,
    dedup: { since: '2026-01-01T00:00:00.000Z', ids: 9, bounded: false },
    unavailable: null,
    warning: null,
  },
  workspace: { lag: 0 },
  destinations: [],
};
const destination: StatusView['destinations'][number] = {
  id: 'dst_1',
  name: 'Hook',
  kind: 'webhook',
  enabled: true,
  lag: 0,
  parked: 0,
  deadLetters: 0,
  breaker: 'closed',
  breakerReason: null,
  nextProbeAt: null,
  lastSuccessAt: null,
  pace: null,
};
const balanced = { balanced: true, items: [] };
const states = (findings: Iterable<Finding>): string[] => [...findings].map(({ check, state }) => `${check} ${state}`);

describe('the doctor’s look at the server', () => {
  it('finds a healthy one healthy', () => {
    expect(states(examineServer(status, balanced))).toEqual(['disk ok', 'workspace ok', 'ledger ok']);
  });

  it('warns before the disk is full and fails when it nearly is', () => {
    const at = (freeBytes: number): string | undefined =>
      states(examineServer({ ...status, disk: { freeBytes, totalBytes: 100e9 } }, balanced))[0];
    expect([at(10e9), at(4e9), at(1e9), at(1e8)]).toEqual(['disk ok', 'disk warn', 'disk warn', 'disk fail']);
  });

  it('fails when the log cannot store, and says that nothing accepted is lost', () => {
    const [, finding] = [...examineServer({ ...status, log: { ...status.log, unavailable: 'disk full' } }, balanced)];
    expect(finding).toMatchObject({
      check: 'log',
      state: 'fail',
      message: expect.stringContaining('disk full') as string,
    });
    expect(finding?.remedy).toContain('nothing answered 200 is lost');
  });

  it('notes what is wrong without stopping anything', () => {
    const log = { ...status.log, warning: 'cannot seal', dedup: { ...status.log.dedup, bounded: true } };
    expect(states(examineServer({ ...status, log, workspace: { lag: 1e6 } }, balanced))).toEqual([
      'disk ok',
      'log warn',
      'duplicates note',
      'workspace warn',
      'ledger ok',
    ]);
  });

  it('fails when the ledger does not balance, naming where', () => {
    const line = { sourceId: 'src_1', destinationId: 'dst_1', accepted: 5, pending: 0 };
    const items = [
      { ...line, balanced: false },
      { ...line, destinationId: 'workspace', balanced: true },
    ];
    const finding = [...examineServer(status, { balanced: false, items })].at(-1);
    expect(finding).toMatchObject({ check: 'ledger', state: 'fail' });
    expect(finding?.message).toContain('src_1 → dst_1');
    expect(finding?.message).not.toContain('workspace');
  });
});

describe('the doctor’s look at the latest events', () => {
  it('warns of what tools that know them may not understand, where and in how many', () => {
    const odd = {
      sourceId: 'src_1',
      name: 'Completed Order',
      field: 'properties.total',
      message: 'should be a number, is text',
    };
    const items = Array.from({ length: 9 }, (_, n) => ({ ...odd, events: 1200 - n, lastMessageId: `m${n}` }));
    const findings = judgeEvents({ looked: 5000, items }, [{ id: 'src_1', name: 'Shop' }]);
    expect(findings).toHaveLength(5);
    const spelt = { ...odd, field: 'event', message: 'is spelt Order Completed', events: 1, lastMessageId: 'm' };
    expect(judgeEvents({ looked: 1, items: [spelt] }, [])).toMatchObject([{ state: 'note', remedy: null }]);
    expect(findings[0]).toMatchObject({
      state: 'warn',
      message:
        'Shop: of Completed Order, properties.total should be a number, is text, in 1,200 of the latest 5,000 events.',
      remedy: expect.stringContaining('leat explain m0') as string,
    });
  });
});

describe('the doctor’s look at destinations', () => {
  const look = (change: Partial<typeof destination>): string[] =>
    states(examineDestinations({ ...status, destinations: [{ ...destination, ...change }] }, []));

  it('tells each condition apart', () => {
    expect(states(examineDestinations(status, []))).toEqual(['destinations note']);
    expect(look({})).toEqual(['destinations ok']);
    expect(look({ enabled: false, lag: 5 })).toEqual(['destinations note']);
    expect(look({ breaker: 'open', breakerReason: 'refused' })).toEqual(['destinations fail']);
    expect(look({ lag: 50_000 })).toEqual(['destinations warn']);
    expect(look({ deadLetters: 2 })).toEqual(['destinations ok', 'dead letters warn']);
  });

  it('says how to mend what is refused, and warns of a destination without an action', () => {
    const refused = 'The destination refused our credentials (401). Check its keys, tokens and permissions.';
    const broken = { ...destination, breaker: 'open' as const, breakerReason: refused };
    const [finding] = [...examineDestinations({ ...status, destinations: [broken] }, [])];
    expect(finding?.message).toBe(`Hook does not take events now, so they wait: ${refused}`);
    expect(finding?.remedy).toContain('leat destination edit dst_1 --set');
    const view = { id: 'dst_1', name: 'Hook', kind: 'webhook', enabled: true, settings: {}, state: null, pace: null };
    const off = { id: 'act_1', name: 'Send', enabled: false };
    const idle = [...examineDestinations({ ...status, destinations: [destination] }, [{ ...view, actions: [off] }])];
    expect(idle).toMatchObject([{ state: 'warn', message: expect.stringContaining('no action that is on') as string }]);
  });

  it('says what helps when the server refuses private addresses, and counts one event as one', () => {
    const reason = privateAddressReason('127.0.0.1');
    const remedies = (change: Partial<StatusView>): (string | undefined)[] => {
      const broken = { ...destination, breaker: 'open' as const, breakerReason: reason, deadLetters: 1 };
      return [...examineDestinations({ ...status, destinations: [broken], ...change }, [])].map(
        ({ message, remedy }) => `${message} ${remedy}`,
      );
    };
    const [refused, letter] = remedies({});
    expect(refused).toMatch(/stop the server and start it with LEAT_PRIVATE_DESTINATIONS=true/);
    expect(refused).not.toContain('by itself');
    expect(letter).toContain('refused 1 event in the end');
    // Allowed meanwhile: the next try goes through.
    expect(remedies({ privateDestinations: true })[0]).toContain('tried again by itself');
  });

  it('warns of a workspace that is switched off', () => {
    const workspace = {
      id: 'workspace',
      name: 'W',
      kind: 'workspace',
      enabled: false,
      settings: {},
      actions: [],
      state: null,
      pace: null,
    };
    expect(states(examineDestinations(status, [workspace]))[0]).toBe('workspace warn');
  });
});
