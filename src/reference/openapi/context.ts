// The context of a call: facts about device, app, page and network that clients add by themselves.
import { deviceTypes } from '../../event/semantic-events.ts';
import { field, id, text } from './schema.ts';
import type { Schema } from './schema.ts';

const free = (description: string, properties: Readonly<Record<string, Schema>>): Schema =>
  field('object', description, { properties, additionalProperties: true });

const str = (description: string): Schema => field('string', description);

export const contextSchema: Schema = {
  type: 'object',
  title: 'Context',
  description:
    'Everything is optional, everything else you add is kept. Website and app shapes may be mixed. In a batch, the envelope’s context fills what a call’s own context does not have.',
  additionalProperties: true,
  properties: {
    active: field('boolean', 'Whether the person was active, or a server acted for them.'),
    ip: field('string', 'Address of the person.', {
      'x-default': 'the caller’s address, unless the source is a server’s',
    }),
    locale: str('Language and country, such as `en-US`.'),
    timezone: str('Such as `Europe/Berlin`.'),
    userAgent: str('User agent of the browser or app.'),
    channel: str('`browser`, `server` or `mobile`.'),
    groupId: str('Account or group in whose name it happened; B2B events use it.'),
    library: free('The client that made the call. Leat shows it when you test a connection.', {
      name: str('Such as `analytics.js`.'),
      version: str('Its version.'),
    }),
    page: free('The page it happened on. Copied from the browser by the JavaScript client.', {
      url: str('Whole address.'),
      path: str('Path of the address.'),
      search: str('Query of the address.'),
      title: str('Title of the page.'),
      referrer: str('Address of the page before.'),
    }),
    campaign: free('The campaign that brought the person, read from `utm_…` parameters.', {
      name: str('`utm_campaign`.'),
      source: str('`utm_source`.'),
      medium: str('`utm_medium`.'),
      term: str('`utm_term`.'),
      content: str('`utm_content`.'),
    }),
    app: free('The mobile app.', {
      name: str('Its name.'),
      version: str('Its version.'),
      build: str('Its build.'),
      namespace: str('Its bundle or package id; becomes the `appIdentifier` of a device.'),
    }),
    device: free('The device.', {
      token: id('Push token: the id of a device in the workspace.'),
      type: text(`One of ${deviceTypes.map((type) => `\`${type}\``).join(', ')}.`),
      id: str('Id of the device.'),
      advertisingId: str('Advertising id.'),
      manufacturer: str('Maker.'),
      model: str('Model.'),
      name: str('Name.'),
      version: str('Version.'),
    }),
    os: free('The operating system.', { name: str('Its name.'), version: str('Its version.') }),
    network: free('How the device is connected.', {
      wifi: field('boolean', 'Over Wi-Fi.'),
      cellular: field('boolean', 'Over a mobile network.'),
      bluetooth: field('boolean', 'Bluetooth is on.'),
      carrier: str('Mobile carrier.'),
    }),
    screen: free('The screen.', {
      width: field('number', 'Pixels.'),
      height: field('number', 'Pixels.'),
      density: field('number', 'Pixels per point.'),
    }),
  },
};
