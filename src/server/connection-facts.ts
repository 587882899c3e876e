// What the control API asks about a request's connection: from where, to where, and whether it is encrypted.
import type { ConnectionFacts } from '../admin/admin-deps.ts';
import type { TrustedProxies } from '../ingest/client-address.ts';

export const connectionFacts = (proxies: TrustedProxies): ConnectionFacts => ({
  clientAddress: (request) => proxies.clientAddress(request),
  // HTTP/2 has a pseudo-header for it.
  host: (request) =>
    proxies.forwardedHost(request) ?? request.headers.host ?? String(request.headers[':authority'] ?? 'localhost'),
  encrypted: (request) => {
    const forwarded = proxies.forwardedProtocol(request);
    if (forwarded !== null) return forwarded.toLowerCase() === 'https';
    return 'encrypted' in request.socket && request.socket.encrypted === true;
  },
});
