// The default actions of a Customer.io destination (Pipelines API facts, section 9), as data for tests and benchmarks.
import type { Action } from '../control/model.ts';
import type { JsonObject } from '../lib/json.ts';

const userOrEmail = 'coalesce($.userId, $.traits.email)';
const ids = { id: { '@path': '$.userId' }, anonymous_id: { '@path': '$.anonymousId' } };
const happened = { event_id: { '@path': '$.messageId' }, timestamp: { '@path': '$.timestamp' } };
const device = {
  person_id: { '@path': '$.userId' },
  device_id: 'coalesce($.context.device.token, $.properties.device.token, $.properties.token)',
};
const object = {
  object_id: 'coalesce($.properties.objectId, $.groupId, $.context.groupId)',
  object_type_id: 'coalesce($.properties.objectTypeId, "1")',
};

/** Event names that have an action of their own and are not custom events as well. */
const ownActionNames = [
  'Relationship Deleted',
  'User Deleted',
  'User Suppressed',
  'User Unsuppressed',
  'Object Deleted',
  'Group Deleted',
  'Report Delivery Event',
  'Report Content Event',
  'Delete Person',
] as const;

const table: readonly (readonly [kind: string, trigger: string, mapping: JsonObject])[] = [
  [
    'upsert_person',
    'type = "identify"',
    {
      id: userOrEmail,
      anonymous_id: '$.anonymousId',
      email: '$.traits.email',
      created_at: 'coalesce($.traits.created_at, $.traits.createdAt)',
      group_id: '$.traits.objectId',
      object_type_id: 'coalesce($.traits.objectTypeId, $.traits.object_type_id)',
      custom_attributes: '$.traits',
      relationship_attributes: '$.traits.relationshipAttributes',
      timestamp: '$.timestamp',
    },
  ],
  [
    'track_event',
    `type = "track" and ${ownActionNames.map((name) => `event != "${name}"`).join(' and ')}`,
    { ...ids, name: '$.event', ...happened, data: '$.properties' },
  ],
  ['track_page', 'type = "page"', { ...ids, name: '$.properties.url', ...happened, data: '$.properties' }],
  ['track_screen', 'type = "screen"', { ...ids, name: '$.name', ...happened, data: '$.properties' }],
  [
    'upsert_object',
    'type = "group"',
    {
      id: '$.groupId',
      object_type_id: 'coalesce($.traits.objectTypeId, $.traits.object_type_id, "1")',
      custom_attributes: '$.traits',
      user_id: '$.userId',
      anonymous_id: '$.anonymousId',
      relationship_attributes: '$.traits.relationshipAttributes',
      created_at: 'coalesce($.traits.created_at, $.traits.createdAt)',
      timestamp: '$.timestamp',
    },
  ],
  [
    'upsert_device',
    'event = "Application Installed" or event = "Application Opened" or event = "Device Created or Updated"',
    { ...device, platform: '$.context.device.type', last_used: '$.timestamp', attributes: '$.properties' },
  ],
  ['delete_device', 'event = "Application Uninstalled" or event = "Device Deleted"', device],
  ['delete_person', 'event in ["User Deleted", "Delete Person"]', { person_id: userOrEmail }],
  ['suppress_person', 'event = "User Suppressed"', { person_id: '$.userId' }],
  ['unsuppress_person', 'event = "User Unsuppressed"', { person_id: '$.userId' }],
  ['delete_relationship', 'event = "Relationship Deleted"', { person_id: '$.userId', ...object }],
  ['delete_object', 'event in ["Object Deleted", "Group Deleted"]', object],
  [
    'report_delivery',
    'event = "Report Delivery Event"',
    {
      delivery_id: '$.properties.deliveryId',
      metric: '$.properties.metric',
      recipient: '$.properties.recipient',
      reason: '$.properties.reason',
      href: '$.properties.href',
      action_name: '$.properties.actionName',
      action_value: '$.properties.actionValue',
      timestamp: '$.timestamp',
    },
  ],
  [
    'report_content',
    'event = "Report Content Event"',
    {
      anonymous_id: '$.anonymousId',
      content_id: '$.properties.contentId',
      template_id: '$.properties.templateId',
      action_type: 'coalesce($.properties.actionType, $.properties.activityType)',
      action_name: '$.properties.actionName',
      action_value: '$.properties.actionValue',
    },
  ],
  ['merge_people', 'type = "alias"', { primary: '$.userId', secondary: '$.previousId' }],
];

export const defaultActions: readonly Action[] = table.map(([kind, trigger, mapping]) => ({
  id: `action_${kind}`,
  kind,
  name: kind,
  enabled: true,
  trigger,
  mapping,
}));
