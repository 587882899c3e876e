// The ingest API on bare node:http: everything under /v1, /v2, /analytics.js and /analytics-next.
//
// `handle` is given every request first and says whether it was one of its own. What it answers, and when, is in
// call-intake.ts for calls and in browser-routes.ts for what browsers fetch.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IntakeStore } from '../control/intake-store.ts';
import type { Region } from '../control/model.ts';
import type { SourceDirectory } from '../control/source-directory.ts';
import type { Clock } from '../lib/clock.ts';
import type { LogIntake } from '../log/event-log.ts';
import { ActivityReporter } from './activity-reporter.ts';
import { answerError, answerJson, answerPreflight, answerUnstored } from './answers.ts';
import { BrowserRoutes } from './browser-routes.ts';
import { BrowserScripts } from './browser-scripts.ts';
import { CallIntake } from './call-intake.ts';
import { TrustedProxies } from './client-address.ts';
import type { IngestResponse, WholeRequest } from './exchange.ts';
import { FaultNotices } from './fault-notices.ts';
import { IngestCounters } from './ingest-counters.ts';
import { maxDrainedBytes } from './limits.ts';
import { RejectionRecorder } from './rejection-recorder.ts';
import { RepeatRecorder } from './repeat-recorder.ts';
import { findRoute } from './routes.ts';
import { SourceMeters } from './source-meters.ts';
import { WriteKeys } from './write-key.ts';

export interface IngestSettings {
  /** LEAT_REGION. */
  readonly region: Region;
  /** LEAT_REGION_HOSTS. */
  readonly regionHosts: Readonly<Partial<Record<Region, string>>>;
  /** LEAT_PUBLIC_URL. */
  readonly publicUrl: string | null;
  /** LEAT_TRUSTED_PROXIES: addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[];
  /** LEAT_HARD_RATE_LIMIT: requests per 3 s and source; 0 for none. */
  readonly hardRateLimit: number;
}

export interface IngestParts {
  readonly log: LogIntake;
  readonly directory: SourceDirectory;
  readonly intake: Pick<IntakeStore, 'reject' | 'recordActivity' | 'recordRepeats'>;
  readonly settings: IngestSettings;
  readonly clock: Clock;
  /** Told when storing begins to fail (once per outage) and about errors that are nobody's fault but ours. */
  readonly onFault: (error: unknown) => void;
}

export interface IngestUsage {
  readonly counters: Readonly<Omit<IngestCounters, 'countRejected'>>;
  /** Bytes of request bodies in memory. */
  readonly heldBytes: number;
}

export interface Ingest extends IngestUsage {
  /** Answers the request and says true; says false and leaves it alone when it is none of ingest's. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** Takes a call that is there whole and says true; says false and leaves it alone when it needs `handle`. */
  takeWhole(req: WholeRequest, res: IngestResponse): boolean;
  /** Refuses new calls with 503, waits for those under way, hands over what was seen of the sources. */
  close(): Promise<void>;
}

/** @throws InputError `bad_setting` for a trusted proxy that is neither address nor range. */
export function createIngest({ log, directory, intake, settings, clock, onFault }: IngestParts): Ingest {
  const { region, regionHosts, publicUrl, hardRateLimit } = settings;
  const proxies = new TrustedProxies(settings.trustedProxies);
  const counters = new IngestCounters();
  const notices = new FaultNotices(onFault);
  const recorder = new RejectionRecorder(intake);
  const repeats = new RepeatRecorder(intake, notices);
  const meters = new SourceMeters();
  const keys = new WriteKeys(directory, region, regionHosts);
  const calls = new CallIntake({
    log,
    recorder,
    repeats,
    keys,
    meters,
    proxies,
    counters,
    clock,
    hardRateLimit,
    notices,
  });
  const activity = new ActivityReporter(meters, intake, notices);
  const origins = { regionHosts, publicUrl };
  const scripts = new BrowserScripts();
  const browser = new BrowserRoutes({ directory, scripts, recorder, proxies, clock, region, origins, notices });

  let closed = false;
  return {
    counters,
    get heldBytes() {
      return calls.heldBytes;
    },
    handle: (req, res) => {
      const route = findRoute(req.url ?? '');
      if (route === null) return false;
      if (req.method === 'POST' && route.kind === 'calls') {
        if (closed) answerUnstored(res, 'shutting_down');
        else calls.begin(req, res, route);
      } else answerOther(req, res, route);
      return true;
    },
    takeWhole: (req, res) => {
      const route = findRoute(req.url);
      return route?.kind === 'calls' && !closed && calls.beginWhole(req, res, route);
    },
    close: async () => {
      closed = true;
      await calls.idle();
      await recorder.settled();
      await Promise.all([activity.close(), repeats.close()]);
    },
  };

  /** Everything that is rare enough to be written for reading. */
  function answerOther(
    req: IncomingMessage,
    res: ServerResponse,
    route: NonNullable<ReturnType<typeof findRoute>>,
  ): void {
    const reads = req.method === 'GET' || req.method === 'HEAD';
    if (req.method === 'OPTIONS') answerPreflight(req, res);
    else if (route.kind === 'discard' && req.method === 'POST') discard(req, res, route.answer);
    else if (reads && (route.kind === 'settings' || route.kind === 'script' || route.kind === 'chunk'))
      // Owned by itself: it answers in any case and never rejects.
      void browser.answer(req, res, route);
    else if (route.kind === 'calls' || route.kind === 'discard')
      answerError(res, 'not_found', ['Only POST is served at this address.'], req.headers.origin, [
        'Allow',
        'POST, OPTIONS',
      ]);
    else answerError(res, 'not_found', ['There is nothing at this address.'], req.headers.origin);
  }
}

/** Reads a body to its end, keeps nothing of it and answers. */
function discard(req: IncomingMessage, res: ServerResponse, answer: string): void {
  let size = 0;
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxDrainedBytes) req.destroy();
  });
  req.once('end', () => answerJson(res, 200, answer, req.headers.origin));
}
