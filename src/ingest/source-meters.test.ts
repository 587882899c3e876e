import { describe, expect, it } from 'vitest';
import { softRateLimit } from './limits.ts';
import { SourceMeters, clientName } from './source-meters.ts';

describe('SourceMeters', () => {
  it('reports what happened since the last report, and nothing of quiet sources', () => {
    const meters = new SourceMeters();
    const meter = meters.of('s1');
    meter.request(1000, 0);
    meter.stored(1000, 2, { name: 'lib', version: '1' }, 'agent', 'm1');
    meter.refused(1001, 3);
    expect(meters.report()).toEqual([
      {
        sourceId: 's1',
        lastAcceptedAt: 1000,
        lastLibrary: 'lib 1',
        lastMessageId: 'm1',
        lastRejectedAt: 1001,
        accepted: 2,
        rejected: 3,
        overRateAt: null,
        peakRate: 1,
      },
    ]);
    expect(meters.report()).toEqual([]);
  });

  it('marks a source above the soft limit and refuses nothing', () => {
    const meters = new SourceMeters();
    const meter = meters.of('s1');
    for (let n = 0; n < softRateLimit; n++) expect(meter.request(5000 + Math.floor(n / 10), 0)).toBe(0);
    expect(meters.report()[0]?.overRateAt).toBeNull();
    expect(meter.request(5500, 0)).toBe(0);
    expect(meters.report()[0]).toMatchObject({ overRateAt: 5500, peakRate: softRateLimit + 1 });
  });

  it('begins a new window after three seconds, and when the clock was set back', () => {
    const meter = new SourceMeters().of('s1');
    expect(meter.request(10_000, 1)).toBe(0);
    expect(meter.request(10_500, 1)).toBe(2500);
    expect(meter.request(13_000, 1)).toBe(0);
    expect(meter.request(12_000, 1)).toBe(0);
  });

  it('takes back a report that was not stored', () => {
    const meters = new SourceMeters();
    meters.of('s1').stored(1, 5, undefined, 'agent', 'm');
    const report = meters.report();
    meters.takeBack(report);
    meters.of('s1').stored(2, 1, undefined, 'agent', 'm2');
    expect(meters.report()[0]).toMatchObject({ accepted: 6, lastAcceptedAt: 2, lastLibrary: 'agent' });
  });
});

describe('clientName', () => {
  it('is the library, else the user agent, and never long', () => {
    expect(clientName({ name: 'analytics.js', version: 'next-0.5.11' }, 'x')).toBe('analytics.js next-0.5.11');
    expect(clientName({ name: 'n', version: 7 }, 'x')).toBe('n');
    expect(clientName({ name: 7 }, 'agent')).toBe('agent');
    expect(clientName(null, 'a'.repeat(500))).toHaveLength(200);
  });
});
