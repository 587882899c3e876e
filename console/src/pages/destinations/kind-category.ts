// What a kind of destination is for, so that a long catalogue can be narrowed down. Kinds that are named nowhere here
// are judged by the words of their description.
import type { KindSummary } from './destination-queries.ts';

export const categories = [
  'Raw data',
  'Storage and warehouses',
  'Analytics',
  'Messaging',
  'Advertising',
  'CRM and support',
  'Experiments',
  'Other',
] as const;
export type Category = (typeof categories)[number];

const named: readonly (readonly [Category, RegExp])[] = [
  ['Raw data', /^(webhook|kafka|segment|zapier)$/],
  ['Storage and warehouses', /^(files|s3|postgres|singlestore|google-sheets|altertable)$/],
  [
    'Advertising',
    /capi|conversions|campaign-manager|tiktok|snap|reddit|pinterest|moloco|iqm|stackadapt|kevel|topsort|podscribe|epsilon|revx|adjust|1plusx|attribution/,
  ],
  [
    'Messaging',
    /slack|customerio|braze|iterable|klaviyo|airship|sendgrid|twilio|batch|clevertap|courier|drip|emarsys|insider|listrak|loops|moengage|ortto|postscript|pushwoosh|responsys|attentive|dotdigital|cordial|xtremepush|taguchi|yonoma|voyage|lark|salesforce-marketing|movable|acoustic|antavo|encharge|trackey|sprig|appcues/,
  ],
  [
    'CRM and support',
    /salesforce|hubspot|pipedrive|attio|intercom|pardot|gleap|canny|close|outfunnel|devrev|blackbaud|gainsight|survey|survicate|qualtrics|qualified|saleswings|collab|chartmogul|friendbuy|gwen|talon|voucherify|yotpo/,
  ],
  ['Experiments', /optimizely|launchdarkly|kameleoon|vwo|absmartly|adobe-target|avo|schematic/],
  [
    'Analytics',
    /google-analytics|amplitude|mixpanel|posthog|heap|fullstory|june|usermaven|usermotion|userpilot|accoil|koala|equals|contentstack|dub|aampe|trubrics|hyperengage|playerzero|toplyne|app-fit|calliper|algolia/,
  ],
];

const byWords: readonly (readonly [Category, RegExp])[] = [
  ['Advertising', /\b(ads?|advertis|conversion|audience)/i],
  ['Messaging', /\b(message|email|sms|push|campaign|engagement)/i],
  ['CRM and support', /\b(crm|support|sales|loyalty|customer success)/i],
  ['Analytics', /\b(analytics|insight|metric|track)/i],
  ['Storage and warehouses', /\b(database|warehouse|storage)/i],
];

export function categoryOf({ slug, name, description }: Pick<KindSummary, 'slug' | 'name' | 'description'>): Category {
  const plain = slug.replace(/^actions-|-actions$/g, '');
  const own = named.find(([, pattern]) => pattern.test(plain));
  return own?.[0] ?? byWords.find(([, pattern]) => pattern.test(`${name} ${description}`))?.[0] ?? 'Other';
}
