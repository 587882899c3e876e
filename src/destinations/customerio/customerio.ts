// Customer.io: keeps another Customer.io workspace in step through its Track API v2.
//
// The actions, their fields and triggers are those of Customer.io's own destination (Pipelines API facts, section 9);
// each payload becomes one operation (…-actions.ts), and operations travel in batches (send-operations.ts).
import { SendFailure } from '../outcome.ts';
import type { DestinationKind, SendContext, TestResult } from '../destination.ts';
import { activityActions } from './activity-actions.ts';
import { deviceActions } from './device-actions.ts';
import { examples } from './examples.ts';
import { objectActions } from './object-actions.ts';
import { personActions } from './person-actions.ts';
import { reportActions } from './report-actions.ts';
import { toTrackOutcome } from './send-operations.ts';
import { trackHeaders, trackSettings, trackUrl } from './track-settings.ts';
import type { TrackSettings } from './track-settings.ts';

async function test({ settings, request, clock }: SendContext<TrackSettings>): Promise<TestResult> {
  try {
    const url = trackUrl(settings, '/auth');
    const outcome = toTrackOutcome(await request({ method: 'GET', url, headers: trackHeaders(settings) }), clock.now());
    if (outcome.result === 'delivered') return { ok: true, message: 'Customer.io knows the site ID and API key.' };
    return { ok: false, message: outcome.reason };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

export const customerio: DestinationKind<typeof trackSettings> = {
  slug: 'customerio',
  name: 'Customer.io',
  integrationName: 'Customer.io',
  description:
    'Keeps a Customer.io workspace in step: people, events, page and screen views, objects and relationships, devices, ' +
    'suppression and message metrics, through the Track API.\n\n' +
    'A person goes by `userId` (an id, an email address, or `cio_…`), else by their email, else by `anonymousId`. ' +
    'Events carry their `messageId`, so a repeat counts once. An event that Customer.io refuses is set aside with the ' +
    'reason it gives; the others of its batch are not held up.',
  settings: trackSettings,
  actions: [...personActions, ...activityActions, ...objectActions, ...deviceActions, ...reportActions],
  test,
  examples,
};
