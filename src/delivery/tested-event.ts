// What a test of one event asks for, and what comes of it (test-event.ts).
import type { Action } from '../control/model.ts';
import type { ShownRequest, ShownResponse } from '../destinations/redact.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { JsonObject } from '../lib/json.ts';
import type { RouteExplanation } from '../routing/explain-route.ts';

export interface TestEvent {
  readonly sourceId: string;
  readonly event: CanonicalEvent;
  /** Only this action, whether its trigger matches or not; null for every one that matches. */
  readonly actionId: string | null;
  /** Shows what would be sent, and sends nothing. */
  readonly dryRun: boolean;
  /** Instead of the destination's present ones. */
  readonly actions?: readonly Action[];
}

export interface TestedEvent {
  /** Whether the destination would get the event, were it on. */
  readonly route: RouteExplanation;
  /** The actions that were carried out. */
  readonly actions: readonly TestedAction[];
}

export interface TestedAction {
  readonly id: string;
  readonly name: string;
  readonly payload: JsonObject;
  /** Why there is no request, or no answer; null when all is well. */
  readonly problem: string | null;
  readonly exchanges: readonly Exchange[];
  /** Null when nothing was sent. */
  readonly outcome: 'delivered' | 'retry' | 'failed' | null;
}

export interface Exchange {
  readonly request: ShownRequest;
  readonly response: ShownResponse | null;
}
