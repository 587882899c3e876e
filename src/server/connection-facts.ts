// What the control API asks about a request's connection: from where, and whether it is encrypted on its whole way.
import type { ConnectionFacts } from '../admin/admin-deps.ts';
import type { TrustedProxies } from '../ingest/client-address.ts';

export const connectionFacts = (proxies: TrustedProxies): ConnectionFacts => ({
  clientAddress: (request) => proxies.clientAddress(request),
  encrypted: (request) => {
    const forwarded = proxies.forwardedProtocol(request);
    if (forwarded !== null) return forwarded.toLowerCase() === 'https';
    return 'encrypted' in request.socket && request.socket.encrypted === true;
  },
});
