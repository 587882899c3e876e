// Semantic events about devices.
import { deviceTypes } from '../../../event/semantic-events.ts';
import { field, having } from '../schema.ts';
import { choices, needsToken, needsUser, oneOfOrAbsent } from './semantic-call.ts';
import type { SemanticCall } from './semantic-call.ts';

const token = field(
  'string',
  'Push token: the device’s id. `properties.device.token` and `properties.token` are read too.',
);

export const deviceCreatedOrUpdated: SemanticCall = {
  name: 'Device Created or Updated',
  group: 'Devices',
  text: 'Adds a device to a person or updates it, so that push messages reach it. Properties become attributes of the device. `Application Installed` and `Application Opened` do the same when the call has a token.',
  needs: '`userId`, `context.device.token`',
  fields: {
    'context.device.token': token,
    'context.device.type': field('string', `One of ${choices(deviceTypes)}.`),
    'context.app.namespace': field('string', 'Bundle or package id of the app.'),
    properties: field('object', 'Attributes of the device, such as `app_version`, `device_model`, `push_enabled`.'),
  },
  demands: [
    needsUser,
    needsToken,
    oneOfOrAbsent('context.device.type', deviceTypes),
    // The type beside a token in the properties counts only where the context has none.
    {
      anyOf: [
        having('context.device.type', { enum: [...deviceTypes, ''] }),
        oneOfOrAbsent('properties.device.type', deviceTypes),
      ],
    },
  ],
  example: {
    name: 'device-created',
    summary: 'Add or update a device',
    body: {
      userId: 'u1',
      event: 'Device Created or Updated',
      properties: { app_version: '2.1' },
      context: { device: { token: 'token-1', type: 'ios' } },
    },
    effects: [
      {
        get: 'people/u1',
        has: { devices: [{ token: 'token-1', platform: 'ios', attributes: { app_version: '2.1' } }] },
      },
    ],
  },
};

export const deviceDeleted: SemanticCall = {
  name: 'Device Deleted',
  group: 'Devices',
  text: 'Takes a device from a person, for instance when they log out. `Application Uninstalled` does the same when the call has a token.',
  needs: '`userId`, `context.device.token`',
  fields: { 'context.device.token': token },
  demands: [needsUser, needsToken],
  first: {
    path: '/v1/track',
    body: {
      userId: 'u1',
      event: 'Device Created or Updated',
      context: { device: { token: 'token-2', type: 'android' } },
    },
    effects: [{ get: 'people/u1', exactly: { devices: [{ token: 'token-1' }, { token: 'token-2' }] } }],
  },
  example: {
    name: 'device-deleted',
    summary: 'Remove a device',
    body: { userId: 'u1', event: 'Device Deleted', context: { device: { token: 'token-2' } } },
    effects: [{ get: 'people/u1', exactly: { devices: [{ token: 'token-1' }] } }],
  },
};
