import { describe, expect, it } from 'vitest';
import { findRoute, queryValue } from './routes.ts';

const kindOf = (url: string): string | undefined => findRoute(url)?.kind;

describe('findRoute', () => {
  it.each(['v1', 'v2'])('knows the calls under /%s by their long and short names', (version) => {
    for (const type of ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const)
      for (const name of [type, type.slice(0, 1)])
        expect(findRoute(`/${version}/${name}`)).toEqual({ kind: 'calls', path: `/${version}/${name}`, type });
    for (const name of ['batch', 'b', 'import'])
      expect(findRoute(`/${version}/${name}`)).toEqual({ kind: 'calls', path: `/${version}/${name}`, type: null });
  });

  it.each([
    '/v1/track/',
    '//v1/track',
    '/v1//track//',
    '/v1/track?writeKey=a/b',
    '/v1/track/?x#y',
    'http://cdp.example.com/v1/track',
    'https://cdp.example.com:8080//v1/track/',
  ])('takes %s for /v1/track', (url) => {
    expect(findRoute(url)).toEqual({ kind: 'calls', path: '/v1/track', type: 'track' });
  });

  it('knows what browsers and mobiles fetch', () => {
    expect(findRoute('/v1/projects/us_abc/settings')).toEqual({ kind: 'settings', key: 'us_abc' });
    expect(findRoute('/v2/projects/a%20b/settings/')).toEqual({ kind: 'settings', key: 'a b' });
    expect(findRoute('/v1/projects/%zz/settings')).toEqual({ kind: 'settings', key: '%zz' });
    expect(findRoute('/v1/analytics-js/snippet/K/analytics.min.js')).toEqual({
      kind: 'script',
      key: 'K',
      client: 'customerio',
    });
    expect(findRoute('/analytics.js/v1/K/analytics.min.js')).toEqual({ kind: 'script', key: 'K', client: null });
    expect(findRoute('/v1/analytics-js/407.js')).toEqual({ kind: 'chunk', client: 'customerio', file: '407.js' });
    expect(findRoute('/analytics-next/bundles/x.js')).toEqual({ kind: 'chunk', client: 'segment', file: 'x.js' });
    expect(kindOf('/v1/m')).toBe('discard');
    expect(kindOf('/v1/geofences/nearest')).toBe('discard');
  });

  it.each(['/v1', '/v1/', '/v1/nowhere', '/v1/track/more', '/v2/analytics-js/actions/x.js', '/analytics-next/x'])(
    'has nothing at %s, and says so itself',
    (url) => {
      expect(kindOf(url)).toBe('nothing');
    },
  );

  it.each(['/', '/api/v1/sources', '/v3/track', '/v1x/track', '/healthz', '*', ''])('leaves %s to others', (url) => {
    expect(findRoute(url)).toBeNull();
  });
});

describe('queryValue', () => {
  it('reads one parameter', () => {
    expect(queryValue('/v1/track?a=1&writeKey=k%20y', 'writeKey')).toBe('k y');
    expect(queryValue('/v1/track', 'writeKey')).toBeNull();
    expect(queryValue('/v1/track?a=%zz', 'writeKey')).toBeNull();
  });
});
