// Which keys may stand in an address and be filled into examples: public ones, and only with characters that mean nothing
// in HTML, JavaScript, a shell or a URL. A secret key would be read by everyone who sees the address.
import { classOfKey, maxKeyLength, minKeyLength } from '../../control/keys.ts';

export type KeyParameter =
  { readonly ok: true; readonly key: string | null } | { readonly ok: false; readonly message: string };

/** Reads the `key` parameter of an address; an absent or empty one is no key. */
export function parseKeyParameter(value: string | null): KeyParameter {
  const key = value?.trim() ?? '';
  if (key === '') return { ok: true, key: null };
  if (classOfKey(key) === 'secret')
    return {
      ok: false,
      message:
        'This is a secret key, and addresses are seen by others. Use a public key here, and consider revoking this one.',
    };
  if (key.length < minKeyLength || key.length > maxKeyLength || !/^[\w.~-]+$/.test(key))
    return {
      ok: false,
      message: `A key that can be filled in has ${minKeyLength} to ${maxKeyLength} letters, digits and the characters . _ ~ -`,
    };
  return { ok: true, key };
}
