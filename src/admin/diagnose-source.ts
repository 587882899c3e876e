// Says whether a source works and, when nothing arrives, what is known about why. Pure.
import type { SourceActivity, StoredRejection, UnknownKey } from '../control/intake-store.ts';
import { keyHint, regionOfKey } from '../control/keys.ts';
import type { Region, Source, SourceKey } from '../control/model.ts';

export interface SourceFacts {
  readonly source: Source;
  readonly keys: readonly SourceKey[];
  readonly activity: SourceActivity | null;
  readonly lastRejection: StoredRejection | null;
  /** Of the whole server: a call with a mistyped key belongs to no source. */
  readonly unknownKeys: readonly UnknownKey[];
  readonly region: Region;
  readonly regionHosts: Readonly<Partial<Record<Region, string>>>;
  readonly now: number;
}

interface Problem {
  readonly code:
    | 'source_disabled'
    | 'no_key'
    | 'last_call_rejected'
    | 'key_of_other_region'
    | 'unknown_key_seen'
    | 'nothing_seen'
    | 'over_rate';
  readonly message: string;
  readonly remedy: string;
}

export interface SourceDiagnosis {
  /** Whether calls are taken as things stand. */
  readonly ok: boolean;
  readonly state: 'receiving' | 'rejecting' | 'silent';
  readonly message: string;
  readonly lastAcceptedAt: number | null;
  readonly lastMessageId: string | null;
  readonly library: string | null;
  readonly lastRejection: StoredRejection | null;
  readonly problems: readonly Problem[];
}

/** An unknown key seen longer ago than this says nothing about a set-up being tested now. */
const recentMs = 24 * 60 * 60 * 1000;

export function diagnoseSource(facts: SourceFacts): SourceDiagnosis {
  const { activity, lastRejection } = facts;
  const acceptedAt = activity?.lastAcceptedAt ?? null;
  const rejectedAt = lastRejection?.at ?? activity?.lastRejectedAt ?? null;
  const rejecting = rejectedAt !== null && rejectedAt > (acceptedAt ?? -1);
  const state = rejecting ? 'rejecting' : acceptedAt === null ? 'silent' : 'receiving';
  const problems = [
    ...standing(facts),
    ...(rejecting ? refused(facts) : []),
    ...(state === 'silent' ? silence(facts) : []),
  ];
  const library = activity?.lastLibrary ?? null;
  const from = library === null ? '' : ` from ${library}`;
  const words = {
    receiving: `Calls arrive and are taken; the last one came${from}.`,
    rejecting: `Calls arrive, but the last one was not taken: ${lastRejection?.message ?? 'its detail is no longer kept.'}`,
    silent: 'Nothing has been taken from this source yet.',
  };
  return {
    ok: state === 'receiving' && !problems.some(({ code }) => code === 'source_disabled' || code === 'no_key'),
    state,
    message: words[state],
    lastAcceptedAt: acceptedAt,
    lastMessageId: activity?.lastMessageId ?? null,
    library,
    lastRejection,
    problems,
  };
}

/** What is wrong with the source itself, calls or not. */
function standing({ source, keys, activity, now }: SourceFacts): Problem[] {
  const problems: Problem[] = [];
  if (!source.enabled)
    problems.push({
      code: 'source_disabled',
      message: 'The source is disabled, so its calls are not taken.',
      remedy: 'Enable the source.',
    });
  if (!keys.some(({ revokedAt }) => revokedAt === null))
    problems.push({
      code: 'no_key',
      message: 'The source has no key that works: all are revoked.',
      remedy: 'Add a key and put it into the client.',
    });
  if (activity?.overRateAt && now - activity.overRateAt < recentMs)
    problems.push({
      code: 'over_rate',
      message: `The source was above 3000 requests in 3 s within the last day; the peak was ${activity.peakRate}. Nothing was dropped for that.`,
      remedy: 'Send in batches, or spread a backfill out.',
    });
  return problems;
}

function refused({ lastRejection }: SourceFacts): Problem[] {
  const at = lastRejection?.field ? ` at ${lastRejection.field}` : '';
  return [
    {
      code: 'last_call_rejected',
      message: `The last call was rejected${at}${lastRejection ? ` (${lastRejection.reason})` : ''}.`,
      remedy: lastRejection?.message ?? 'Send a call with X-Strict-Mode: 1 to be told what is wrong with it.',
    },
  ];
}

/** What may have become of calls that never reached the source. */
function silence(facts: SourceFacts): Problem[] {
  const recent = facts.unknownKeys.filter(({ lastAt }) => facts.now - lastAt < recentMs);
  const problems = recent.map((seen) => unknownKeyProblem(seen, facts));
  if (problems.length > 0) return problems;
  const key = facts.keys.find(({ revokedAt }) => revokedAt === null);
  return [
    {
      code: 'nothing_seen',
      message: 'No call with this source’s key arrived, and none with a key unknown here either.',
      remedy: `Check that the client runs, that its host is this server (not cdp.customer.io), and that it uses the key ${key ? keyHint(key.key) : 'of this source'}. Clients that batch send only after some seconds or when flushed.`,
    },
  ];
}

function unknownKeyProblem(seen: UnknownKey, { region, regionHosts }: SourceFacts): Problem {
  const what = seen.keyPrefix === '' ? 'without any key' : `with the unknown key ${seen.keyPrefix}`;
  const message = `${seen.count === 1 ? 'A call' : `${seen.count} calls`} ${what} came from ${seen.ip} (${seen.client || 'unnamed client'}).`;
  const other = regionOfKey(seen.keyPrefix);
  if (other !== null && other !== region) {
    const host = regionHosts[other];
    return {
      code: 'key_of_other_region',
      message: `${message} It is a key of the region ${other}; this server is ${region}.`,
      remedy: host
        ? `Send it to ${host}, or use a key of this server.`
        : 'Use a key of this server, or send it to the server of its region.',
    };
  }
  return {
    code: 'unknown_key_seen',
    message,
    remedy:
      seen.keyPrefix === ''
        ? 'If this is the client of this source, give it the source’s key, which it has to send as the user name of Basic credentials.'
        : 'If this is the client of this source, copy the source’s key into it; or bring that key along as a key of this source.',
  };
}
