// Sources and keys as the control API shows them: secret keys by their first characters only.
import { z } from 'zod';
import type { SourceActivity } from '../control/intake-store.ts';
import { keyHint } from '../control/keys.ts';
import { sourceKinds } from '../control/model.ts';
import type { ControlSnapshot, Source, SourceKey } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import { isoTime, isoTimeOrNull, time, displayName } from './api-schema.ts';

export const keyAnswer = z
  .object({
    id: z.string(),
    key: z.string().meta({ description: 'The key; a secret one is shown by its first characters only.' }),
    shown: z.boolean().meta({ description: 'Whether `key` is whole.' }),
    class: z.enum(['public', 'secret']),
    region: z.enum(['us', 'eu']).nullable(),
    createdAt: time,
    revokedAt: time.nullable(),
  })
  .meta({ id: 'Key' });

export const sourceFields = {
  name: displayName.meta({ description: 'For people.' }),
  kind: z.enum(sourceKinds).meta({ description: 'What sends: decides snippet and settings document.' }),
  family: z.enum(['customerio', 'segment']).meta({ description: 'Whose client library it is.' }),
  enabled: z.boolean().meta({ description: 'Whether its calls are taken.' }),
  strict: z.boolean().meta({ description: 'Whether bad calls are answered 400, as if each carried X-Strict-Mode: 1.' }),
};

export const sourceAnswer = z
  .object({
    id: z.string(),
    ...sourceFields,
    createdAt: time,
    keys: z.array(keyAnswer),
    activity: z.object({
      accepted: z.int(),
      rejected: z.int(),
      lastAcceptedAt: time.nullable(),
      lastRejectedAt: time.nullable(),
      lastLibrary: z.string().nullable(),
      overRateAt: time.nullable().meta({ description: 'Last time above the soft limit of 3000 requests in 3 s.' }),
      peakRate: z.int().meta({ description: 'Most requests seen in 3 s.' }),
    }),
  })
  .meta({ id: 'Source' });

/** A key as answers show it: a secret one by its first characters. */
export const showKey = (key: SourceKey, reveal = false): z.output<typeof keyAnswer> => ({
  id: key.id,
  key: key.class === 'public' || reveal ? key.key : keyHint(key.key),
  shown: key.class === 'public' || reveal,
  class: key.class,
  region: key.region,
  createdAt: isoTime(key.createdAt),
  revokedAt: isoTimeOrNull(key.revokedAt),
});

const noActivity = { accepted: 0, rejected: 0, peakRate: 0 } as const;

/** A source with its keys; `reveal` is the one shown whole whatever its class, because it was just made. */
export function showSource(
  source: Source,
  keys: readonly SourceKey[],
  seen: SourceActivity | undefined,
  reveal?: SourceKey,
): z.output<typeof sourceAnswer> {
  return {
    ...source,
    createdAt: isoTime(source.createdAt),
    keys: keys.filter(({ sourceId }) => sourceId === source.id).map((key) => showKey(key, key.id === reveal?.id)),
    activity: {
      accepted: seen?.accepted ?? noActivity.accepted,
      rejected: seen?.rejected ?? noActivity.rejected,
      lastAcceptedAt: isoTimeOrNull(seen?.lastAcceptedAt ?? null),
      lastRejectedAt: isoTimeOrNull(seen?.lastRejectedAt ?? null),
      lastLibrary: seen?.lastLibrary ?? null,
      overRateAt: isoTimeOrNull(seen?.overRateAt ?? null),
      peakRate: seen?.peakRate ?? noActivity.peakRate,
    },
  };
}

/** @throws InputError `not_found`. */
export function findSource(snapshot: ControlSnapshot, sourceId: string): Source {
  const source = snapshot.sources.find((one) => one.id === sourceId);
  if (!source) throw new InputError('not_found', `There is no source ${sourceId}.`, 'id');
  return source;
}
