// Actions that record what became of messages and of in-app content.
import { z } from 'zod';
import { contentActions, deliveryMetrics } from '../../event/semantic-events.ts';
import { unusable } from '../commands.ts';
import { parsePersonRef, parseText } from '../identifiers.ts';
import { eventNamed, coalesce, path, textField, timeField, timeOf } from './workspace-action.ts';
import type { WorkspaceAction } from './workspace-action.ts';

const reportDelivery: WorkspaceAction = {
  slug: 'report_delivery_event',
  name: 'Report Delivery Event',
  description: 'Records what became of a message.',
  fields: z.object({
    delivery_id: textField('Delivery id', 'The message.'),
    metric: textField('Metric', `One of ${deliveryMetrics.join(', ')}.`),
    recipient: textField('Recipient', 'Address or device token it went to.'),
    reason: textField('Reason', 'Why it failed.'),
    href: textField('Link', 'The link that was clicked.'),
    action_name: textField('Action name', 'Of an in-app message.'),
    action_value: textField('Action value', 'Of an in-app message.'),
    timestamp: timeField,
  }),
  defaultTrigger: eventNamed('Report Delivery Event'),
  defaultMapping: {
    delivery_id: path('$.properties.deliveryId'),
    metric: path('$.properties.metric'),
    recipient: path('$.properties.recipient'),
    reason: path('$.properties.reason'),
    href: path('$.properties.href'),
    action_name: path('$.properties.actionName'),
    action_value: path('$.properties.actionValue'),
    timestamp: coalesce('$.properties.timestamp', '$.timestamp'),
  },
  toCommand(payload, moment) {
    const deliveryId = parseText(payload['delivery_id']);
    const metric = deliveryMetrics.find((known) => known === payload['metric']);
    if (deliveryId === null) return unusable('invalid', 'the mapping gives no delivery_id');
    if (!metric) return unusable('invalid', `metric is not one of ${deliveryMetrics.join(', ')}`);
    return {
      kind: 'report_delivery',
      deliveryId,
      metric,
      recipient: parseText(payload['recipient']),
      reason: parseText(payload['reason']),
      href: parseText(payload['href']),
      actionName: parseText(payload['action_name']),
      actionValue: parseText(payload['action_value']),
      at: timeOf(payload['timestamp'], moment),
    };
  },
};

const reportContent: WorkspaceAction = {
  slug: 'report_content_event',
  name: 'Report Content Event',
  description: 'Records that in-app content was seen or clicked.',
  fields: z.object({
    person_id: textField('Person', 'Id, email address or cio_ id of the person.'),
    anonymous_id: textField('Anonymous id', 'Who saw it when there is no person.'),
    content_id: textField('Content id', 'The content.'),
    template_id: textField('Template id', 'The template of the content.'),
    content_type: textField('Content type', 'Such as in_app_content.'),
    action_type: textField('Action type', `One of ${contentActions.join(', ')}.`),
    action_name: textField('Action name', 'What was clicked.'),
    action_value: textField('Action value', 'What it led to.'),
    timestamp: timeField,
  }),
  defaultTrigger: eventNamed('Report Content Event'),
  defaultMapping: {
    person_id: path('$.userId'),
    anonymous_id: path('$.anonymousId'),
    content_id: path('$.properties.contentId'),
    template_id: path('$.properties.templateId'),
    content_type: path('$.properties.contentType'),
    action_type: coalesce('$.properties.actionType', '$.properties.activityType'),
    action_name: path('$.properties.actionName'),
    action_value: path('$.properties.actionValue'),
    timestamp: path('$.timestamp'),
  },
  toCommand(payload, moment) {
    const contentId = parseText(payload['content_id']);
    const templateId = parseText(payload['template_id']);
    const actionType = contentActions.find((known) => known === payload['action_type']);
    if (contentId === null || templateId === null)
      return unusable('invalid', 'a content event needs contentId and templateId');
    if (!actionType) return unusable('invalid', `actionType is not one of ${contentActions.join(', ')}`);
    return {
      kind: 'report_content',
      person: parsePersonRef(payload['person_id']),
      anonymousId: parseText(payload['anonymous_id']),
      contentId,
      templateId,
      contentType: parseText(payload['content_type']),
      actionType,
      actionName: parseText(payload['action_name']),
      actionValue: parseText(payload['action_value']),
      at: timeOf(payload['timestamp'], moment),
    };
  },
};

export const reportActions: readonly WorkspaceAction[] = [reportDelivery, reportContent];
