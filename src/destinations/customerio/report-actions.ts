// What became of messages that Customer.io sent, reported back to it.
import { z } from 'zod';
import { contentActions, deliveryMetrics } from '../../event/semantic-events.ts';
import type { ActionKind } from '../destination.ts';
import { optionalObject, optionalText, requiredText } from '../payload-fields.ts';
import { personIdentifiers } from './identifiers.ts';
import { defined, operationAction } from './operation-action.ts';
import { anonymousId, needsPerson, needsPersonError, personId, timestamp } from './operation-fields.ts';
import { toTrackOutcome } from './send-operations.ts';
import { trackHeaders, trackUrl } from './track-settings.ts';
import type { TrackSettings } from './track-settings.ts';
import { unixSeconds, withUnixTimes } from './unix-times.ts';

const metricFields = z.object({
  delivery_id: requiredText.meta({ title: 'Delivery', description: 'Id of the message’s delivery.' }),
  metric: z.enum(deliveryMetrics).meta({ title: 'Metric', description: 'What became of the message.' }),
  recipient: optionalText.meta({ title: 'Recipient', description: 'Address or device token that got the message.' }),
  reason: optionalText.meta({ title: 'Reason', description: 'Why it failed.' }),
  href: optionalText.meta({ title: 'Link', description: 'The link that was clicked.' }),
  action_name: optionalText.meta({ title: 'Action name', description: 'What was clicked in an in-app message.' }),
  action_value: optionalText.meta({ title: 'Action value', description: 'Value of what was clicked.' }),
  timestamp,
});

/** Metrics have an endpoint of their own, which takes one at a time. */
const reportDelivery: ActionKind<TrackSettings, typeof metricFields> = {
  slug: 'report_delivery',
  name: 'Report delivery event',
  description: 'Reports that a message was delivered, opened, clicked and the like.',
  fields: metricFields,
  defaultTrigger: 'event = "Report Delivery Event"',
  defaultMapping: {
    delivery_id: '$.properties.deliveryId',
    metric: '$.properties.metric',
    recipient: '$.properties.recipient',
    reason: '$.properties.reason',
    href: '$.properties.href',
    action_name: '$.properties.actionName',
    action_value: '$.properties.actionValue',
    timestamp: 'coalesce($.properties.timestamp, $.timestamp)',
  },
  mode: () => ({ mode: 'single' }),
  async send(items, { settings, request, clock }) {
    const [item] = items;
    if (!item) return [];
    const { timestamp: at, action_name, action_value, ...rest } = item.payload;
    const metadata = defined({ action_name, action_value });
    const metric = defined({
      ...rest,
      timestamp: at === undefined ? undefined : unixSeconds(at),
      metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
    });
    const url = trackUrl(settings, '/api/v1/metrics');
    const response = await request({
      method: 'POST',
      url,
      headers: trackHeaders(settings),
      body: JSON.stringify(metric),
    });
    return [toTrackOutcome(response, clock.now())];
  },
};

const reportContent = operationAction({
  slug: 'report_content',
  name: 'Report content event',
  description: 'Reports that in-app content was viewed or clicked.',
  fields: z
    .object({
      id: personId,
      anonymous_id: anonymousId,
      action_type: z.enum(contentActions).meta({ title: 'What happened', description: 'Viewed or clicked.' }),
      timestamp,
      data: optionalObject.meta({
        title: 'Content',
        description: 'Ids of content and template, action name and value.',
      }),
    })
    .refine(needsPerson, needsPersonError),
  defaultTrigger: 'event = "Report Content Event"',
  defaultMapping: {
    anonymous_id: '$.anonymousId',
    id: '$.userId',
    action_type: 'coalesce($.properties.actionType, $.properties.activityType)',
    timestamp: '$.timestamp',
    data: '$.properties',
  },
  operation(payload, { convertTimestamps }) {
    const { actionType: _, activityType: __, ...data } = payload.data;
    return defined({
      type: 'person',
      action: payload.action_type,
      identifiers: personIdentifiers({ id: payload.id, anonymousId: payload.anonymous_id }),
      name: payload.action_type,
      timestamp: payload.timestamp === undefined ? undefined : unixSeconds(payload.timestamp),
      attributes: convertTimestamps ? withUnixTimes(data) : data,
    });
  },
});

export const reportActions = [reportDelivery, reportContent];
