import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { TrustedProxies } from './client-address.ts';

/** As much of a request as addresses need. */
const request = (remoteAddress: string, headers: Readonly<Record<string, string>> = {}): IncomingMessage =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

const from = (address: string, forwardedFor: string, trusted: readonly string[]): string =>
  new TrustedProxies(trusted).clientAddress(request(address, { 'x-forwarded-for': forwardedFor }));

describe('TrustedProxies', () => {
  it('takes the peer for the client when nobody is trusted', () => {
    expect(from('203.0.113.9', '198.51.100.1', [])).toBe('203.0.113.9');
    expect(from('203.0.113.9', '198.51.100.1', ['10.0.0.0/8'])).toBe('203.0.113.9');
  });

  it('takes the nearest address that is no trusted proxy', () => {
    const trusted = ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'];
    expect(from('10.0.0.1', '198.51.100.1', trusted)).toBe('198.51.100.1');
    expect(from('10.0.0.1', '6.6.6.6, 198.51.100.1, 10.9.9.9, 192.0.2.1', trusted)).toBe('198.51.100.1');
    expect(from('2001:db8::7', '198.51.100.1:4711', trusted)).toBe('198.51.100.1');
    expect(from('::ffff:10.0.0.1', '[2001:db9::1]:443', trusted)).toBe('2001:db9::1');
    expect(from('10.0.0.1', '10.0.0.2', trusted)).toBe('10.0.0.2');
  });

  it('stops at what is no address', () => {
    expect(from('10.0.0.1', '6.6.6.6, unknown, 10.0.0.2', ['10.0.0.0/8'])).toBe('10.0.0.2');
    expect(from('10.0.0.1', '', ['10.0.0.0/8'])).toBe('10.0.0.1');
  });

  it('shows IPv4 addresses of a dual-stack socket as such', () => {
    expect(from('::ffff:203.0.113.9', '', [])).toBe('203.0.113.9');
  });

  it('passes on host and protocol from trusted proxies only', () => {
    const headers = { 'x-forwarded-host': 'cdp.example.com, inner', 'x-forwarded-proto': 'https' };
    const proxies = new TrustedProxies(['10.0.0.1']);
    expect(proxies.forwardedHost(request('10.0.0.1', headers))).toBe('cdp.example.com');
    expect(proxies.forwardedProtocol(request('10.0.0.1', headers))).toBe('https');
    expect(proxies.forwardedHost(request('10.0.0.2', headers))).toBeNull();
    expect(proxies.forwardedHost(request('10.0.0.1'))).toBeNull();
  });

  it.each(['localhost', '10.0.0.0/33', '10.0.0.0/x', '::1/129', '10.0.0.0/8/8', '10.0.0.0/'])('refuses %s', (entry) => {
    expect(() => new TrustedProxies([entry])).toThrow(expect.objectContaining({ code: 'bad_setting' }));
  });
});
