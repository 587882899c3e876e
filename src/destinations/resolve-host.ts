// Finds the address of a host for destinations that do not speak HTTP, under the same rule: no private address unless
// the operator allows it. What is checked is what is connected to, so a name that resolves anew gains nothing.
import { lookup } from 'node:dns/promises';
import { isPrivateAddress, privateAddressReason } from './private-address.ts';
import { SendFailure } from './outcome.ts';

/** Rejects with SendFailure when the name cannot be resolved or leads to private addresses only. */
export async function resolveHost(host: string, allowPrivateAddresses: boolean): Promise<string> {
  const found = await lookup(host, { all: true }).catch((error: unknown) => {
    const reason = `The name of the destination’s host (${host}) cannot be resolved. Check the address.`;
    const outcome = { result: 'retry', scope: 'destination', reason } as const;
    throw new SendFailure('destination_unavailable', outcome, { cause: error });
  });
  const usable = found.find(({ address }) => allowPrivateAddresses || !isPrivateAddress(address));
  if (usable) return usable.address;
  const reason = privateAddressReason(host);
  throw new SendFailure('private_address', { result: 'retry', scope: 'destination', reason });
}
