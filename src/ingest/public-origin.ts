// Where clients reach this server, as it is written into the settings that browsers and mobiles fetch. A wrong answer
// would send a customer's data elsewhere, so what a request says counts last, and through proxies only trusted ones.
import type { IncomingMessage } from 'node:http';
import type { Region } from '../control/model.ts';
import type { TrustedProxies } from './client-address.ts';

export interface PublicOrigin {
  /** `host[:port]`, with the path prefix of LEAT_PUBLIC_URL if it has one. */
  readonly host: string;
  readonly protocol: 'http' | 'https';
}

export interface PublicOriginSettings {
  /** LEAT_REGION_HOSTS: hosts, optionally with a scheme. */
  readonly regionHosts: Readonly<Partial<Record<Region, string>>>;
  /** LEAT_PUBLIC_URL. */
  readonly publicUrl: string | null;
}

/** The region's host, else LEAT_PUBLIC_URL, else where the request was sent; null when it names no usable host. */
export function publicOrigin(
  req: IncomingMessage,
  region: Region,
  settings: PublicOriginSettings,
  proxies: TrustedProxies,
): PublicOrigin | null {
  const regionHost = settings.regionHosts[region];
  const own = settings.publicUrl === null ? null : originOf(settings.publicUrl);
  if (regionHost !== undefined) return regionOrigin(regionHost, own);
  return own ?? requestOrigin(req, proxies);
}

function regionOrigin(regionHost: string, own: PublicOrigin | null): PublicOrigin {
  if (/^https?:\/\//i.test(regionHost)) return originOf(regionHost);
  const host = regionHost.replace(/\/+$/, '');
  if (own !== null && own.host === host) return own;
  return { host, protocol: isLoopback(host) ? 'http' : 'https' };
}

function originOf(url: string): PublicOrigin {
  const { host, protocol, pathname } = new URL(url);
  return { host: host + pathname.replace(/\/+$/, ''), protocol: protocol === 'http:' ? 'http' : 'https' };
}

function requestOrigin(req: IncomingMessage, proxies: TrustedProxies): PublicOrigin | null {
  const host = proxies.forwardedHost(req) ?? req.headers.host ?? localHost(req);
  if (host === null || !/^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i.test(host)) return null;
  const encrypted = 'encrypted' in req.socket && req.socket.encrypted === true;
  const forwarded = proxies.forwardedProtocol(req)?.toLowerCase();
  const protocol = forwarded === 'http' || forwarded === 'https' ? forwarded : encrypted ? 'https' : 'http';
  return { host, protocol };
}

/** For requests of HTTP/1.0 without a Host. */
function localHost(req: IncomingMessage): string | null {
  const { localAddress, localPort } = req.socket;
  if (localAddress === undefined || localPort === undefined) return null;
  return localAddress.includes(':') ? `[${localAddress}]:${localPort}` : `${localAddress}:${localPort}`;
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(host);
