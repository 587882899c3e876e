// What is wrong with a key before it is sent; the server has the last word and the same rules.

/** A sentence saying what to change; null when the key can be used. */
export function checkBroughtKey(key: string): string | null {
  if (key.length < 16 || key.length > 256) return `It has ${key.length} characters; a key has 16 to 256.`;
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(key)) return 'It holds a space, a colon or a letter that clients cannot send.';
  return null;
}
