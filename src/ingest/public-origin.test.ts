import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { TrustedProxies } from './client-address.ts';
import { publicOrigin } from './public-origin.ts';
import type { PublicOriginSettings } from './public-origin.ts';

const request = (headers: Readonly<Record<string, string>>, socket: object = {}): IncomingMessage =>
  ({ headers, socket: { remoteAddress: '10.0.0.1', ...socket } }) as unknown as IncomingMessage;

const nothing: PublicOriginSettings = { regionHosts: {}, publicUrl: null };
const read = (req: IncomingMessage, settings: Partial<PublicOriginSettings> = {}, trusted: readonly string[] = []) =>
  publicOrigin(req, 'us', { ...nothing, ...settings }, new TrustedProxies(trusted));

describe('publicOrigin', () => {
  const req = request({ host: 'inner:8080', 'x-forwarded-host': 'cdp.example.com', 'x-forwarded-proto': 'https' });

  it("is the region's host before anything else", () => {
    const regionHosts = { us: 'cdp.example.com', eu: 'cdp-eu.example.com' };
    expect(read(req, { regionHosts, publicUrl: 'http://other' })).toEqual({
      host: 'cdp.example.com',
      protocol: 'https',
    });
  });

  it("takes a region host's scheme from itself, from LEAT_PUBLIC_URL, or for loopback as http", () => {
    expect(read(req, { regionHosts: { us: 'http://lan:81/' } })).toEqual({ host: 'lan:81', protocol: 'http' });
    expect(read(req, { regionHosts: { us: 'lan:81' }, publicUrl: 'http://lan:81' })?.protocol).toBe('http');
    expect(read(req, { regionHosts: { us: 'localhost:81' } })?.protocol).toBe('http');
  });

  it('is LEAT_PUBLIC_URL with its path next', () => {
    expect(read(req, { publicUrl: 'https://example.com/leat/' })).toEqual({
      host: 'example.com/leat',
      protocol: 'https',
    });
  });

  it('is where the request went, as far as it may say so', () => {
    expect(read(req)).toEqual({ host: 'inner:8080', protocol: 'http' });
    expect(read(req, {}, ['10.0.0.0/8'])).toEqual({ host: 'cdp.example.com', protocol: 'https' });
    expect(read(request({ host: 'a' }, { encrypted: true }))).toEqual({ host: 'a', protocol: 'https' });
    expect(read(request({ host: '[::1]:8080' }))).toEqual({ host: '[::1]:8080', protocol: 'http' });
    expect(read(request({}, { localAddress: '127.0.0.1', localPort: 80 }))?.host).toBe('127.0.0.1:80');
  });

  it.each(['evil.com/path', 'a b', 'user@evil.com', '"', '<x>', 'a:port'])('refuses the host %j', (host) => {
    expect(read(request({ host }))).toBeNull();
  });
});
