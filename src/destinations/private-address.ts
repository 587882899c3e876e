// Which addresses a destination may not reach unless the operator allows it: everything that is not public internet.
//
// The check is made on the address that is being connected to, after the name was resolved, so a name that resolves to
// something else the second time (DNS rebinding) gains nothing. IPv6 forms that carry an IPv4 address are judged by it.
import { BlockList, isIP } from 'node:net';

/** IANA special-purpose address registries (RFC 6890 and updates), multicast and unallocated space. */
const ipv4Ranges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Only 2000::/3 is public unicast space; the rest (loopback, link-local, unique local, multicast, …) is refused whole. */
const ipv6Ranges = ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '3fff::/20'];

const privateV4 = blockList(ipv4Ranges, 'ipv4');
const privateV6 = blockList(ipv6Ranges, 'ipv6');

/** Whether `address`, an IP address as text, is outside the public internet. Anything that is no IP address counts as private. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  const version = isIP(bare);
  if (version === 4) return privateV4.check(bare, 'ipv4');
  if (version !== 6) return true;
  const embedded = embeddedIpv4(bare);
  return embedded === null ? privateV6.check(bare, 'ipv6') : privateV4.check(embedded, 'ipv4');
}

/** The IPv4 address inside an IPv4-mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address, or null. */
function embeddedIpv4(address: string): string | null {
  const groups = expand(address);
  const [a, b, c, d, e, f, g, h] = groups;
  if (a === undefined || b === undefined || c === undefined || g === undefined || h === undefined) return null;
  if (a === 0x2002) return dotted(b, c);
  const middleEmpty = c === 0 && d === 0 && e === 0;
  if (middleEmpty && ((a === 0 && b === 0 && f === 0xffff) || (a === 0x64 && b === 0xff9b && f === 0))) {
    return dotted(g, h);
  }
  return null;
}

const dotted = (high: number, low: number): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;

/** The eight groups of a valid IPv6 address. */
function expand(address: string): readonly number[] {
  const lastColon = address.lastIndexOf(':');
  const tail = address.slice(lastColon + 1);
  let text = address;
  if (tail.includes('.')) {
    const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number);
    text = `${address.slice(0, lastColon + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const [left = '', right] = text.split('::');
  const parse = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  if (right === undefined) return parse(left);
  const [before, after] = [parse(left), parse(right)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function blockList(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

/** Why nothing is sent to `host`, and what the operator can do. */
export const privateAddressReason = (host: string): string =>
  `The destination points at a private address (${host}), and this server sends to none. To allow it, stop the server and start it with LEAT_PRIVATE_DESTINATIONS=true.`;
