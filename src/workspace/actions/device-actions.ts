// Actions about devices. A token is looked for in three places (Pipelines API facts, section 13).
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { unusable } from '../commands.ts';
import { parsePersonRef, parseText } from '../identifiers.ts';
import {
  coalesce,
  firstFilled,
  objectField,
  objectOf,
  path,
  textField,
  timeField,
  timeOf,
} from './workspace-action.ts';
import type { WorkspaceAction } from './workspace-action.ts';

const tokenPaths = ['context.device.token', 'properties.device.token', 'properties.token'] as const;

/** The application events carry a device only sometimes. */
const hasToken = tokenPaths.map((token) => `exists(${token})`).join(' or ');

const fields = {
  person_id: textField('Person', 'Id, email address or cio_ id of the person.'),
  anonymous_id: textField('Anonymous id', 'Counts when there is no person and it belongs to one.'),
  device_id: textField('Device token', 'The token that messages are sent to.'),
};

const mapping = {
  person_id: path('$.userId'),
  anonymous_id: path('$.anonymousId'),
  device_id: firstFilled('$.context.device.token', '$.properties.device.token', '$.properties.token'),
};

const createOrUpdateDevice: WorkspaceAction = {
  slug: 'create_or_update_device',
  name: 'Create or Update Device',
  description: 'Adds a device to a person, or moves it there from another.',
  fields: z.object({
    ...fields,
    platform: textField('Platform', 'ios, android or web.'),
    app_identifier: textField('App identifier', 'The app that the token belongs to.'),
    last_used: textField('Last used', 'When the device was last seen.'),
    attributes: objectField('Attributes', 'What is known about the device.'),
    timestamp: timeField,
  }),
  defaultTrigger: `type = "track" and (event = "Device Created or Updated" or (event in ["Application Installed", "Application Opened"] and (${hasToken})))`,
  defaultMapping: {
    ...mapping,
    platform: coalesce('$.context.device.type', '$.properties.device.type'),
    app_identifier: path('$.context.app.namespace'),
    last_used: path('$.timestamp'),
    attributes: path('$.properties'),
    timestamp: path('$.timestamp'),
  },
  toCommand(payload, moment) {
    const token = parseText(payload['device_id']);
    if (token === null) return noToken;
    return {
      kind: 'upsert_device',
      person: parsePersonRef(payload['person_id']),
      anonymousId: parseText(payload['anonymous_id']),
      token,
      platform: parseText(payload['platform']),
      appIdentifier: parseText(payload['app_identifier']),
      lastUsedAt: timeOf(payload['last_used'], moment),
      attributes: withoutToken(objectOf(payload['attributes'])),
      at: timeOf(payload['timestamp'], moment),
    };
  },
};

const deleteDevice: WorkspaceAction = {
  slug: 'delete_device',
  name: 'Delete Device',
  description: 'Removes a device from its person.',
  fields: z.object(fields),
  defaultTrigger: `type = "track" and (event = "Device Deleted" or (event = "Application Uninstalled" and (${hasToken})))`,
  defaultMapping: mapping,
  toCommand(payload) {
    const token = parseText(payload['device_id']);
    if (token === null) return noToken;
    const anonymousId = parseText(payload['anonymous_id']);
    return { kind: 'delete_device', person: parsePersonRef(payload['person_id']), anonymousId, token };
  },
};

const noToken = unusable('invalid', 'the mapping gives no device token');

/** Properties that only say which device it is are no attributes of it. */
function withoutToken(properties: JsonObject): JsonObject {
  if (properties['token'] === undefined && properties['device'] === undefined) return properties;
  const { token: _, device: __, ...attributes } = properties;
  return attributes;
}

export const deviceActions: readonly WorkspaceAction[] = [createOrUpdateDevice, deleteDevice];
