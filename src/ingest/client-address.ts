// Who is asking, seen through proxies: forwarded headers count only from addresses that the operator trusts.
import { BlockList, isIP } from 'node:net';
import { InputError } from '../errors/errors.ts';
import type { IngestRequest } from './exchange.ts';

/** Of a request, what tells who asks. */
type Asker = Pick<IngestRequest, 'headers' | 'socket'>;

export class TrustedProxies {
  readonly #list = new BlockList();
  readonly #empty: boolean;

  /**
   * Addresses and CIDR ranges, IPv4 or IPv6.
   * @throws InputError `bad_setting` naming the entry that is neither.
   */
  constructor(entries: readonly string[]) {
    this.#empty = entries.length === 0;
    for (const entry of entries) this.#add(entry);
  }

  /** Whether the peer of the connection is one of them. */
  sent(req: Asker): boolean {
    return !this.#empty && this.#trusts(peerAddress(req));
  }

  /** The client's address: the nearest one in X-Forwarded-For that is no trusted proxy, else the peer's. */
  clientAddress(req: Asker): string {
    let address = peerAddress(req);
    if (this.#empty) return address;
    const hops = forwarded(req, 'x-forwarded-for')?.split(',') ?? [];
    while (hops.length > 0 && this.#trusts(address)) {
      const hop = withoutPort(hops.pop()?.trim() ?? '');
      if (isIP(hop) === 0) break;
      address = withoutMapping(hop);
    }
    return address;
  }

  /** The client's own word on host and protocol, as a trusted proxy passed it on. */
  forwardedHost = (req: Asker): string | null => this.#first(req, 'x-forwarded-host');
  forwardedProtocol = (req: Asker): string | null => this.#first(req, 'x-forwarded-proto');

  #first(req: Asker, name: string): string | null {
    if (!this.sent(req)) return null;
    return forwarded(req, name)?.split(',')[0]?.trim() || null;
  }

  #add(entry: string): void {
    const [address = '', prefix, ...rest] = entry.split('/');
    const family = isIP(address);
    const bits = prefix === undefined ? null : Number(prefix);
    const valid = bits === null || (/^\d{1,3}$/.test(prefix ?? '') && bits <= (family === 6 ? 128 : 32));
    if (family === 0 || !valid || rest.length > 0)
      throw new InputError(
        'bad_setting',
        `"${entry}" is no address or CIDR range, such as 10.0.0.1 or 10.0.0.0/8.`,
        'LEAT_TRUSTED_PROXIES',
      );
    const type = family === 6 ? 'ipv6' : 'ipv4';
    if (bits === null) this.#list.addAddress(address, type);
    else this.#list.addSubnet(address, bits, type);
  }

  #trusts(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.#list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  }
}

const peerAddress = (req: Asker): string => withoutMapping(req.socket.remoteAddress ?? '');

/** IPv4 clients of a dual-stack socket show up as ::ffff:a.b.c.d. */
const withoutMapping = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

/** Some proxies add the port: `1.2.3.4:5678`, `[::1]:5678`. */
function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hop);
  if (bracketed) return bracketed[1] ?? '';
  return /^[\d.]+:\d+$/.test(hop) ? hop.slice(0, hop.indexOf(':')) : hop;
}

function forwarded(req: Asker, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
