// What clients fetch besides sending calls: settings, scripts, and two routes that only have to answer.
import type { JsonObject } from '../../lib/json.ts';

const writeKey = {
  name: 'writeKey',
  in: 'path',
  required: true,
  description: 'A public key of the source.',
  schema: { type: 'string' },
} as const;

const tags = ['Browsers and apps'];
const script = {
  description: 'JavaScript. Kept by browsers for a short time and then asked for again by its tag.',
  content: { 'text/javascript': { schema: { type: 'string' } } },
} as const;
const nothing = { description: 'There is nothing at this address.', content: { 'application/json': {} } } as const;

export const browserPaths: Readonly<Record<string, JsonObject>> = {
  '/v1/projects/{writeKey}/settings': {
    get: {
      operationId: 'settings',
      tags,
      summary: 'Settings of a client',
      description:
        'Tells a browser or mobile client where to send its calls: to the host of its key’s region. Secret keys are never served. The kind of the source decides whose client the document is for.',
      security: [],
      parameters: [writeKey],
      responses: {
        '200': {
          description: 'The settings.',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ClientSettings' },
              example: {
                integrations: {
                  'Customer.io Data Pipelines': {
                    apiKey: 'us_YOUR_KEY',
                    apiHost: 'cdp.example.com/v1',
                    protocol: 'https',
                    addBundledMetadata: false,
                  },
                },
                plan: {},
                edgeFunction: {},
                middlewareSettings: {},
                metrics: { sampleRate: 0 },
                remotePlugins: [],
              },
            },
          },
        },
      },
    },
  },
  '/v1/analytics-js/snippet/{writeKey}/analytics.min.js': {
    get: {
      operationId: 'script',
      tags,
      summary: 'The JavaScript client',
      description:
        'The official browser client, ready for the key. `/analytics.js/v1/{writeKey}/analytics.min.js` is the same.',
      security: [],
      parameters: [writeKey],
      responses: { '200': script },
    },
  },
  '/v1/analytics-js/{file}': {
    get: {
      operationId: 'scriptPart',
      tags,
      summary: 'A part of the JavaScript client',
      description: 'Parts that the client loads when it needs them.',
      security: [],
      parameters: [
        { name: 'file', in: 'path', required: true, description: 'Name of the part.', schema: { type: 'string' } },
      ],
      responses: { '200': script, '404': nothing },
    },
  },
  '/v1/m': {
    post: {
      operationId: 'metrics',
      tags,
      summary: 'Metrics of the JavaScript client',
      description: 'Taken and thrown away, so that the client has somewhere to send them.',
      security: [],
      requestBody: { content: { 'text/plain': { schema: { type: 'string' } } } },
      responses: { '200': { $ref: '#/components/responses/Taken' } },
    },
  },
  '/v1/geofences/nearest': {
    post: {
      operationId: 'nearestGeofences',
      tags,
      summary: 'Geofences near a place',
      description: 'Answers an empty list: Leat keeps no geofences. The iOS client asks for it.',
      requestBody: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: { latitude: { type: 'number' }, longitude: { type: 'number' } },
            },
          },
        },
      },
      responses: {
        '200': {
          description: 'No geofences.',
          content: { 'application/json': { schema: { type: 'object' }, example: { geofences: [], config: {} } } },
        },
      },
    },
  },
};
