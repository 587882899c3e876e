// What a fresh installation begins with: the workspace as a destination, and a source with a key that works.
import { randomToken } from '../lib/random.ts';
import type { ControlStore } from './control-store.ts';
import { makeKey, parseBroughtKey } from './keys.ts';
import type { Action, Region, Source, SourceKey } from './model.ts';

/** Id and kind of the destination that is the workspace itself. */
export const workspaceDestinationId = 'workspace';

const actor = { name: 'leat' };

export interface FirstContent {
  readonly region: Region;
  /** LEAT_WRITE_KEY: the key the first source shall have; null has one made. */
  readonly writeKey: string | null;
  /** Default actions of the workspace. */
  readonly workspaceActions: readonly Action[];
  /** Present time, ms. */
  readonly now: number;
}

/** The source whose key the start-up lines show. */
export interface FirstSource {
  readonly source: Source;
  /** A key of it that works; null when all were revoked. */
  readonly key: SourceKey | null;
}

/**
 * Makes what is missing and nothing else, so it runs at every start: the workspace destination; a source when there is
 * none; the given write key at the oldest source when no source has it. A revoked key stays revoked.
 * @throws InputError `invalid_request` when the write key is not usable as one.
 */
export async function ensureFirstSource(store: ControlStore, content: FirstContent): Promise<FirstSource> {
  const { region, writeKey, workspaceActions, now } = content;
  const { sources, keys, destinations } = await store.snapshot();

  if (!destinations.some(({ id }) => id === workspaceDestinationId))
    await store.createDestination(
      {
        id: workspaceDestinationId,
        name: 'Workspace',
        kind: workspaceDestinationId,
        enabled: true,
        settings: {},
        sourceIds: null,
        actions: workspaceActions,
        version: 1,
        createdAt: now,
        startFrom: 'beginning',
      },
      actor,
    );

  const oldest = sources[0];
  if (!oldest) {
    const source: Source = {
      id: newSourceId(),
      name: 'My first source',
      kind: 'http',
      family: 'customerio',
      enabled: true,
      strict: false,
      createdAt: now,
    };
    const key = newSourceKey(source.id, { region, key: writeKey, class: 'public', now });
    await store.createSource(source, [key], actor);
    return { source, key };
  }

  if (writeKey !== null && !keys.some(({ key }) => key === writeKey)) {
    const key = newSourceKey(oldest.id, { region, key: writeKey, class: 'public', now });
    await store.addKey(key, actor);
    return { source: oldest, key };
  }
  const usable = keys.filter(({ sourceId, revokedAt }) => sourceId === oldest.id && revokedAt === null);
  const key = usable.find((one) => one.class === 'public') ?? usable[0] ?? null;
  return { source: oldest, key };
}

export const newSourceId = (): string => `src_${randomToken(12)}`;

/**
 * A key for a source: made for the region and class, or taken as given, then of the class its prefix says and of no
 * region, since it works here whatever it looks like.
 * @throws InputError `invalid_request` when the given key is not usable.
 */
export function newSourceKey(
  sourceId: string,
  wanted: {
    readonly region: Region;
    readonly key: string | null;
    readonly class: SourceKey['class'];
    readonly now: number;
  },
): SourceKey {
  const made = { id: `key_${randomToken(12)}`, sourceId, createdAt: wanted.now, revokedAt: null };
  if (wanted.key === null)
    return { ...made, key: makeKey(wanted.region, wanted.class), class: wanted.class, region: wanted.region };
  return { ...made, ...parseBroughtKey(wanted.key), region: null };
}
