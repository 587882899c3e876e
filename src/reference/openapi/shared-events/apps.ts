// Life of a mobile app, and what brought its users.
import type { EventGroup } from './event-group.ts';

const campaign = { source: 'newsletter', name: 'spring', medium: 'email' } as const;

export const apps: EventGroup = {
  title: 'Mobile apps',
  text: 'The mobile clients send the `Application …` events by themselves when you let them. With a push token in `context.device.token`, `Application Installed` and `Application Opened` also add the device to the person and `Application Uninstalled` removes it.',
  properties: {
    version: ['string', 'Version of the app.', '2.1'],
    build: ['string', 'Its build.', '210'],
    previous_version: ['string', 'Version before.', '2.0'],
    previous_build: ['string', 'Build before.', '200'],
    from_background: ['boolean', 'Whether the app was only hidden.', false],
    url: ['string', 'Address that opened it.', 'example://offer'],
    referring_application: ['string', 'App that opened it.', 'com.example.mail'],
    provider: ['string', 'Who attributes.', 'Attributor'],
    campaign: ['object', '`source`, `name`, `medium`, `content`; also `ad_creative`, `ad_group`.', campaign],
    action: ['string', 'What was tapped.', 'Open'],
  },
  events: [
    { name: 'Application Installed', properties: ['version', 'build'] },
    { name: 'Application Updated', properties: ['version', 'build', 'previous_version', 'previous_build'] },
    { name: 'Application Opened', properties: ['version', 'build', 'from_background', 'url', 'referring_application'] },
    { name: 'Application Backgrounded', properties: [] },
    { name: 'Application Foregrounded', properties: [] },
    { name: 'Application Crashed', properties: [] },
    { name: 'Application Uninstalled', properties: [] },
    { name: 'Install Attributed', properties: ['provider', 'campaign'] },
    { name: 'Push Notification Received', properties: ['campaign'] },
    { name: 'Push Notification Tapped', properties: ['action', 'campaign'] },
    { name: 'Push Notification Bounced', properties: ['campaign'] },
    { name: 'Deep Link Opened', properties: ['provider', 'url'] },
    { name: 'Deep Link Clicked', properties: ['provider', 'url'] },
  ],
};
