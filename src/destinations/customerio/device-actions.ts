// What a Customer.io destination does with the devices that people get push notifications on.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { optionalObject, optionalText, requiredText } from '../payload-fields.ts';
import { knownPerson } from './identifiers.ts';
import { defined, operationAction } from './operation-action.ts';
import { knownPersonId, timestamp } from './operation-fields.ts';
import { unixSeconds, withUnixTimes } from './unix-times.ts';

const deviceId = requiredText.meta({
  title: 'Device token',
  description: 'What the push service knows the device by.',
});
/** Where the token is (Pipelines API facts, section 13). */
const deviceMapping = {
  person_id: '$.userId',
  device_id: 'coalesce($.context.device.token, $.properties.device.token, $.properties.token)',
};
/** An app also reports that it was opened when nobody is signed in or push is off; that is no device to keep. */
const ofKnownDevice =
  'exists(userId) and (exists(context.device.token) or exists(properties.device.token) or exists(properties.token))';

const upsertDevice = operationAction({
  slug: 'upsert_device',
  name: 'Create or update device',
  description: 'Adds a device to a person, or updates it.',
  fields: z.object({
    person_id: knownPersonId,
    device_id: deviceId,
    platform: optionalText.meta({ title: 'Platform', description: 'ios or android.' }),
    app_version: optionalText.meta({ title: 'App version', description: 'Version of the app on the device.' }),
    last_used: timestamp.meta({ title: 'Last used', description: 'When the device was used; sent as Unix seconds.' }),
    attributes: optionalObject.meta({ title: 'Attributes', description: 'The device’s attributes.' }),
  }),
  defaultTrigger: `(event = "Device Created or Updated" or event in ["Application Installed", "Application Opened"]) and ${ofKnownDevice}`,
  defaultMapping: {
    ...deviceMapping,
    platform: 'coalesce($.context.device.type, $.properties.device.type)',
    app_version: '$.context.app.version',
    last_used: '$.timestamp',
    attributes: '$.properties',
  },
  operation(payload, { convertTimestamps }) {
    const { token: _, device: __, ...own } = payload.attributes;
    const attributes: JsonObject = convertTimestamps ? withUnixTimes(own) : own;
    return {
      type: 'person',
      action: 'add_device',
      identifiers: knownPerson(payload.person_id),
      device: defined({
        token: payload.device_id,
        platform: payload.platform?.toLowerCase(),
        last_used: payload.last_used === undefined ? undefined : unixSeconds(payload.last_used),
        attributes: defined({ app_version: payload.app_version, ...attributes }),
      }),
    };
  },
});

const deleteDevice = operationAction({
  slug: 'delete_device',
  name: 'Delete device',
  description: 'Removes a device from a person.',
  fields: z.object({ person_id: knownPersonId, device_id: deviceId }),
  defaultTrigger: `(event = "Device Deleted" or event = "Application Uninstalled") and ${ofKnownDevice}`,
  defaultMapping: deviceMapping,
  operation: ({ person_id, device_id }) => ({
    type: 'person',
    action: 'delete_device',
    identifiers: knownPerson(person_id),
    device: { token: device_id },
  }),
});

export const deviceActions = [upsertDevice, deleteDevice];
