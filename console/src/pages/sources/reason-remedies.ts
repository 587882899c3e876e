// What to do about each reason for which a call is not taken, where the message alone does not say it all.

const remedies: Readonly<Record<string, string>> = {
  future_timestamp: 'Check the clock of the sender, or leave `timestamp` out: then the time of receipt counts.',
  invalid_json: 'Send the body as one JSON object in UTF-8; build it with a JSON library, not by hand.',
  invalid_value: 'Send a value that the field allows; the reference at /docs lists them for each call.',
  key_revoked: 'Put a key that works into the client; they stand under Keys of its source.',
  missing_field: 'Add the field to the call. Which fields each call needs stands at /docs.',
  missing_key: 'Send the key as the user name of Basic authentication, or as the client’s own write key setting.',
  no_effect: 'The call says nothing that could be stored. Add what it is meant to change.',
  secret_key_exposed: 'The key was sent where others can read it. Rotate it, and use a public key there.',
  source_disabled: 'Turn the source on again under Settings, if its calls are wanted.',
  too_deep: 'Flatten the object, or send the deep part as JSON text.',
  too_large: 'Send less per call, or fewer calls per batch. The limits stand at /docs.',
  too_long: 'Shorten the value. The limits stand at /docs.',
  type_conflict: 'Send only one of the two, or make them agree.',
  undecodable: 'The body does not fit its Content-Encoding. Compress it as the header says, or leave the header out.',
  unknown_key: 'Correct the key in the client; or bring this key along as a key of its source.',
  unreadable_timestamp: 'Send ISO 8601, such as 2026-03-01T12:00:00Z.',
  unsupported_encoding: 'Compress with gzip, or not at all.',
  wrong_type: 'Send the type that the field has; the reference at /docs shows each field.',
};

/** What to do, in a sentence; null for a reason not known here, whose message then stands alone. */
export const reasonRemedy = (reason: string): string | null => remedies[reason] ?? null;
