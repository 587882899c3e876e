// The kit: what a destination kind is. One kind is one file that exports one DestinationKind, plus a line in
// registry.ts; forms, catalogue, docs page and contract test follow from it.
//
// Life of an event here: an action's trigger and mapping (routing) make a payload, `fields` checks it, `send` turns one
// or more payloads into requests and says of each item what became of it. Retries, batching, order, limits and records
// are delivery's; a kind only ever answers for the one send it is asked to make.
import { z } from 'zod';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { Clock } from '../lib/clock.ts';
import type { JsonObject } from '../lib/json.ts';
import type { HttpRequest, HttpResponse } from './http-client.ts';
import type { Outcome } from './outcome.ts';

export interface DestinationKind<Settings extends z.ZodObject = z.ZodObject> {
  /** Stable name in the API and in stored destinations, such as `webhook`. */
  readonly slug: string;
  readonly name: string;
  /** The name by which an event's `integrations` switches it on or off (spec §8.6); case-sensitive. */
  readonly integrationName: string;
  /** Markdown for the docs page and the catalogue. */
  readonly description: string;
  /** Every field has a `title` and a `description`; secrets are marked with {@link secret}. Must not use `delivery`. */
  readonly settings: Settings;
  readonly actions: readonly ActionKind<z.output<Settings>>[];
  /** What a new destination starts with, when that is not one action for each default trigger. */
  readonly presets?: readonly Preset[];
  /** It is written to in ranges of the log instead of events: the mode of all its actions is `range`. */
  readonly inRanges?: true;
  /**
   * Compiles a template in Liquid that the kind brings along in its presets, to be used as `@liquid` in mappings; null for
   * any other. What it gives never throws.
   */
  readonly liquid?: (template: string) => ((event: JsonObject) => string | undefined) | null;
  /** Shows that the settings work, with a request that does no harm. */
  test?(context: SendContext<z.output<Settings>>): Promise<TestResult>;
  /**
   * Told the stored settings of all its destinations, disabled ones too, whenever they may have changed: what the kind
   * keeps for others can go.
   */
  settingsInUse?(settings: readonly JsonObject[]): void;
  /** Shown in the docs, and run by the contract test against a recording server. */
  readonly examples: readonly Example[];
}

/** An action as a new destination starts with it. */
export interface Preset {
  /** Slug of one of the kind's actions. */
  readonly action: string;
  readonly name: string;
  readonly trigger: string;
  readonly mapping: JsonObject;
}

/** One thing a destination can do with an event. */
export interface ActionKind<Settings = unknown, Fields extends z.ZodObject = z.ZodObject> {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** What its mapping fills; each field has a `title` and a `description`. */
  readonly fields: Fields;
  /** FQL of the action that a new destination starts with; null when it starts without this action. */
  readonly defaultTrigger: string | null;
  readonly defaultMapping: JsonObject;
  /** How its payloads are handed to `send` under these settings. */
  mode(settings: Settings): SendMode;
  /** Batch mode: only payloads with equal keys share a batch. */
  batchKey?(payload: z.output<Fields>, settings: Settings): string;
  /**
   * Sends the items, in order, and resolves with one outcome for each. A rejection with {@link SendFailure} holds for
   * every item; any other rejection is a fault of this code and is tried again. Leaves nothing running once settled,
   * and stops when `context.signal` aborts.
   */
  send(items: readonly SendItem<z.output<Fields>>[], context: SendContext<Settings>): Promise<readonly Outcome[]>;
}

export type SendMode =
  | { readonly mode: 'single' }
  | {
      readonly mode: 'batch';
      readonly maxEvents: number;
      /** Of the events' canonical JSON. */
      readonly maxBytes: number;
      /** How long the first event of a batch waits for company. */
      readonly maxWaitMs: number;
      /**
       * Whether all items of a batch always share one outcome. Then events of one person may ride in one batch, in
       * order, and a refused batch is halved until the offender is alone.
       */
      readonly atomic: boolean;
    }
  | {
      /**
       * Contiguous ranges of the log, one after the other, each written as a whole under a name of its own
       * ({@link SendContext.range}). An outcome of `retry`, be it for one item, has the whole range offered again, for
       * as long as it takes; `failed` items are set aside and the range goes on without them.
       */
      readonly mode: 'range';
      readonly maxEvents: number;
      /** Of the events' canonical JSON. Delivery may take less, to bound its memory. */
      readonly maxBytes: number;
      /** How long the first event of a range waits for company. */
      readonly maxWaitMs: number;
    };

/**
 * A range of the log on its way through one action. Its bounds are on disk before it is first offered, so it is offered
 * again with the same id and the same events after any crash; a kind that keeps the id with what it writes writes
 * exactly once.
 */
export interface RangeIdentity {
  /** Unique among all destinations and actions, sorts by offset, fit for a file name. */
  readonly id: string;
  readonly partition: number;
  /** Offsets; both are part of it. Events in between that the action does not get are not. */
  readonly first: number;
  readonly last: number;
  /**
   * Set for what is written beside the sequence of ranges, under a name of its own: dead letters put back in line, the
   * ranges of a replay, an event sent as a test. What came later may have been written before it.
   */
  readonly beside?: 'again' | 'replay' | 'test';
}

export interface SendItem<Payload = unknown> {
  readonly payload: Payload;
  readonly event: CanonicalEvent;
}

export interface SendContext<Settings> {
  /** Always the present ones, whatever held when the event came in. */
  readonly settings: Settings;
  /** Sends one HTTP request under `signal`; the last exchange of a failed send is recorded. */
  readonly request: (request: HttpRequest) => Promise<HttpResponse>;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** The operator's word that private addresses may be reached; for kinds with connections of their own. @default false */
  readonly allowPrivateAddresses?: boolean;
  /** Names a secret that the kind came by and that is not in the settings: nothing kept or shown of its sends has it. */
  readonly conceal?: (secret: string) => void;
  /** In range mode: what is being written. */
  readonly range?: RangeIdentity;
  /** Set when this is sent once more by a replay, to mark it as such where the receiver can tell. */
  readonly replayId?: string;
}

export interface TestResult {
  readonly ok: boolean;
  /** One sentence: what was seen and, when it is not well, what to do. */
  readonly message: string;
}

/** An event in, requests out. The event runs through the actions that a new destination of the kind starts with. */
export interface Example {
  readonly title: string;
  readonly settings: JsonObject;
  /** Run through these actions instead. */
  readonly actions?: readonly Preset[];
  readonly event: CanonicalEvent;
  readonly requests: readonly ExampleRequest[];
}

interface ExampleRequest {
  readonly method: HttpRequest['method'];
  readonly url: string;
  /** Those that matter; others may be sent as well. */
  readonly headers: Readonly<Record<string, string>>;
  /** Compared as JSON. */
  readonly body: unknown;
}

/** The actions that a new destination of the kind starts with. */
export function startingActions(kind: DestinationKind): readonly Preset[] {
  if (kind.presets) return kind.presets;
  return kind.actions.flatMap(({ slug, name, defaultTrigger, defaultMapping }) =>
    defaultTrigger === null ? [] : [{ action: slug, name, trigger: defaultTrigger, mapping: defaultMapping }],
  );
}

/** Marks a setting whose value leaves the server to nobody: blanked in answers and in recorded requests. */
export function secret<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), secret: true });
}

const hour = 60 * 60 * 1000;

/** How delivery treats a destination, whatever its kind: the `delivery` part of its settings (spec §13, "Delivery retries"). */
export const deliverySettings = z
  .strictObject({
    retryForMs: z
      .int()
      .min(0)
      .max(30 * 24 * hour)
      .default(24 * hour)
      .meta({
        title: 'Retry for',
        description: 'How long a failing event is tried before it becomes a dead letter, ms.',
      }),
    firstRetryMs: z.int().min(10).max(hour).default(1000).meta({
      title: 'First retry',
      description: 'Upper bound of the pause before the first retry, ms; it doubles each time.',
    }),
    longestRetryMs: z
      .int()
      .min(10)
      .max(24 * hour)
      .default(15 * 60 * 1000)
      .meta({ title: 'Longest pause', description: 'Upper bound of the pause between two tries, ms.' }),
    maxConcurrency: z.int().min(1).max(256).default(32).meta({
      title: 'Concurrent requests',
      description: 'Most requests under way at once; fewer while the destination struggles.',
    }),
    ratePerSecond: z.number().min(0.1).max(100_000).nullable().default(null).meta({
      title: 'Requests a second',
      description:
        'Most requests sent in a second, or ranges where events are written in ranges (files, S3, PostgreSQL, Kafka); null sets no limit, so that requests follow one another as fast as they are answered.',
    }),
    order: z.enum(['strict', 'best-effort']).default('strict').meta({
      title: 'Order',
      description:
        'strict: an event waits for every earlier unfinished one of the same person. best-effort: none waits for another, so one that is retried may arrive after later ones.',
    }),
  })
  .meta({ title: 'Delivery', description: 'Retries and limits.' });

export type DeliverySettings = z.output<typeof deliverySettings>;
