// The settings that browser and mobile clients fetch before they send anything (client contract, sections 4.2 and 9.4).
// Exactly one entry stands under `integrations`: with both names Segment's client never starts.
import type { ClientFamily } from '../control/model.ts';
import type { PublicOrigin } from './public-origin.ts';

const integrationNames: Readonly<Record<ClientFamily, string>> = {
  customerio: 'Customer.io Data Pipelines',
  segment: 'Segment.io',
};

/** JSON text of the document. Mobile clients need every member to be an object where it is one here. */
export function settingsDocument(key: string, family: ClientFamily, origin: PublicOrigin): string {
  return JSON.stringify({
    integrations: {
      [integrationNames[family]]: {
        apiKey: key,
        apiHost: `${origin.host}/v1`,
        protocol: origin.protocol,
        addBundledMetadata: false,
      },
    },
    plan: {},
    edgeFunction: {},
    middlewareSettings: {},
    metrics: { sampleRate: 0 },
    remotePlugins: [],
  });
}
