// Apps on phones: life cycle, campaigns, push, deep links.
import { flag, group, objectOf, text } from './semantic-event.ts';
import type { Properties, SemanticEvent } from './semantic-event.ts';

const campaign: Properties = { source: text, name: text, medium: text, content: text };
const release: Properties = { version: text, build: text };
const push: Properties = { action: text, campaign: objectOf(campaign) };
const link: Properties = { provider: text, url: text };

export const mobileEvents: readonly SemanticEvent[] = group('mobile', {
  'Application Installed': release,
  'Application Updated': { ...release, previous_version: text, previous_build: text },
  'Application Opened': { ...release, from_background: flag, url: text, referring_application: text },
  'Application Backgrounded': {},
  'Application Foregrounded': {},
  'Application Crashed': {},
  'Application Uninstalled': {},
  'Install Attributed': { provider: text, campaign: objectOf({ ...campaign, ad_creative: text, ad_group: text }) },
  'Push Notification Received': push,
  'Push Notification Tapped': push,
  'Push Notification Bounced': push,
  'Deep Link Opened': link,
  'Deep Link Clicked': link,
});
