// Semantic events by which clients report what became of messages, and mobiles where they are.
import { contentActions, deliveryMetrics, geofenceTransitions } from '../../../event/semantic-events.ts';
import { field, having, presentId } from '../schema.ts';
import { choices, needsUser, oneOf, oneOfOrAbsent } from './semantic-call.ts';
import type { SemanticCall } from './semantic-call.ts';

/** A plain value of any kind; an object counts as absent. */
const plain = { type: ['string', 'number', 'boolean'], minLength: 1 } as const;

export const reportDeliveryEvent: SemanticCall = {
  name: 'Report Delivery Event',
  group: 'Messages',
  text: 'Records what became of a message: mobile clients send it for push messages, the JavaScript client for messages in the page. No person is needed.',
  needs: '`properties.deliveryId`, `properties.metric`',
  fields: {
    'properties.deliveryId': field('string', 'Id of the message.'),
    'properties.metric': field('string', `One of ${choices(deliveryMetrics)}.`),
    'properties.recipient': field('string', 'Address or push token it went to.'),
    'properties.reason': field('string', 'Why it failed.'),
    'properties.href': field('string', 'Link that was clicked.'),
    'properties.actionName': field('string', 'Name of what was clicked in a message shown in the page or app.'),
    'properties.actionValue': field('string', 'Value of what was clicked.'),
  },
  demands: [having('properties.deliveryId', plain), oneOf('properties.metric', deliveryMetrics)],
  example: {
    name: 'report-delivery',
    summary: 'Report that a message was opened',
    body: {
      event: 'Report Delivery Event',
      properties: { deliveryId: 'delivery-1', metric: 'opened', recipient: 'token-1' },
    },
    effects: [{ get: 'delivery-metrics/delivery-1', has: { items: [{ metric: 'opened', recipient: 'token-1' }] } }],
  },
};

export const reportContentEvent: SemanticCall = {
  name: 'Report Content Event',
  group: 'Messages',
  text: 'Records that someone saw or clicked content shown in the page or app. Without `contentId` and `templateId` the call is taken and has no effect; Leat notes that with the event.',
  needs: '`anonymousId` or `userId`, `properties.actionType`',
  fields: {
    'properties.actionType': field('string', `One of ${choices(contentActions)}. \`activityType\` is read too.`),
    'properties.contentId': field('integer', 'Id of the content.'),
    'properties.templateId': field('integer', 'Id of the template it was made from.'),
    'properties.contentType': field('string', 'Such as `in_app_content`.'),
    'properties.actionName': field('string', 'Name of what was clicked.'),
    'properties.actionValue': field('string', 'Value of what was clicked.'),
  },
  demands: [
    { anyOf: [needsUser, having('anonymousId', presentId)] },
    // activityType counts only where actionType is absent.
    oneOfOrAbsent('properties.actionType', contentActions),
    { anyOf: [oneOf('properties.actionType', contentActions), oneOf('properties.activityType', contentActions)] },
  ],
  example: {
    name: 'report-content',
    summary: 'Report that content was seen',
    body: {
      anonymousId: 'a1',
      event: 'Report Content Event',
      messageId: 'content-1',
      properties: { actionType: 'viewed_content', contentId: 1, templateId: 2, contentType: 'in_app_content' },
    },
    effects: [{ get: 'events/content-1', has: { items: [{ event: { event: 'Report Content Event' } }] } }],
  },
};

export const geofenceTransition: SemanticCall = {
  name: 'Geofence Transition',
  group: 'Geofences',
  text: 'Says that someone’s mobile entered or left an area. The mobile clients send it; it never carries coordinates. A transition told twice (same `transitionId` and `geosetId`) counts once.',
  needs: '`userId`, `properties.geofenceId`, `properties.transition`',
  fields: {
    'properties.geofenceId': field('string', 'Id of the area.'),
    'properties.transition': field('string', `One of ${choices(geofenceTransitions)}.`),
    'properties.transitionId': field('string', 'Id of this transition.'),
    'properties.geofenceName': field('string', 'Name of the area.'),
    'properties.geosetId': field('string', 'Set that the area belongs to.'),
    'properties.metadata': field('object', 'Plain values of your own.'),
  },
  demands: [needsUser, having('properties.geofenceId', plain), oneOf('properties.transition', geofenceTransitions)],
  example: {
    name: 'geofence-transition',
    summary: 'Record that someone entered an area',
    body: {
      userId: 'u1',
      event: 'Geofence Transition',
      properties: { geofenceId: 'shop-berlin', transition: 'enter', transitionId: 'transition-1' },
    },
    effects: [
      {
        get: 'people/u1/events',
        has: {
          items: [{ name: 'Geofence Transition', properties: { geofenceId: 'shop-berlin', transition: 'enter' } }],
        },
      },
    ],
  },
};
