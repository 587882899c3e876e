// The OpenAPI 3.1 document of the ingestion API, made from the descriptions of the calls.
import { regions } from '../../control/model.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { clientSettingsSchema, errorSchema, responses } from './answers.ts';
import { browserPaths } from './browser-paths.ts';
import { contextSchema } from './context.ts';
import type { CallOperation } from './operation.ts';
import { operations } from './operations.ts';
import { schemaNameOf, semanticCalls } from './semantic/semantic-calls.ts';
import { toSemanticSchema } from './semantic/to-schema.ts';

/** Version of the ingestion API; CHANGELOG.md says what changed with each. */
const apiVersion = '1.0.0';

export function openApiDocument(): JsonObject {
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Leat ingestion API',
      version: apiVersion,
      summary: 'Send people, events, page views, screens, objects and merges; one by one or in batches.',
      description: `Every call is stored durably before it is answered. A call that cannot be taken is answered \`200\` and recorded as a rejection with its reason, or, in strict mode, answered \`400\` or \`401\`.

\`null\` and \`""\` in a field count as absent; numeric ids become text; fields that are not listed are kept as they are. Bodies are read as JSON whatever their \`Content-Type\`, and may be packed with gzip or deflate. Each path works with \`/v2\` in place of \`/v1\` too.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: 'http://localhost:8080', description: `Your server; one for each region (${regions.join(', ')}).` },
    ],
    security: [{ writeKey: [] }],
    tags: [
      ...operations.map(({ name, title }) => ({ name: tagOf(name), description: title })),
      { name: 'Browsers and apps', description: 'What clients fetch besides sending calls' },
    ],
    paths: {
      ...Object.fromEntries(operations.map((operation) => [`/v1/${operation.name}`, { post: toOperation(operation) }])),
      ...browserPaths,
    },
    components: {
      securitySchemes: {
        writeKey: {
          type: 'http',
          scheme: 'basic',
          description:
            'The key is the user name, the password stays empty. Public keys may instead stand in the body as `writeKey`.',
        },
      },
      parameters: {
        StrictMode: {
          name: 'X-Strict-Mode',
          in: 'header',
          description:
            '`1` has faults answered with 400 and 401. Anything else, or nothing, has them answered with 200.',
          schema: { type: 'string', enum: ['1'] },
        },
      },
      responses,
      schemas: {
        ...Object.fromEntries(operations.map(({ schemaName, schema }) => [schemaName, schema])),
        ...Object.fromEntries(semanticCalls.map((call) => [schemaNameOf(call), toSemanticSchema(call)])),
        Context: contextSchema,
        ClientSettings: clientSettingsSchema,
        Error: errorSchema,
      },
    },
  };
  // Plain data throughout; the descriptions' types are narrower than JSON's.
  return withoutPageLinks(document as unknown as Json) as JsonObject;
}

/** Descriptions serve pages too and link to each other there; in the document such a link is its words. */
function withoutPageLinks(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll(/\[([^\]]+)\]\([a-z-]+\.md[^)]*\)/g, '$1');
  if (Array.isArray(value)) return value.map(withoutPageLinks);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, member === undefined ? member : withoutPageLinks(member)]),
  );
}

/** The tag of a call: its name with a capital. */
const tagOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

function toOperation({ name, shortForm, title, text, schemaName, examples }: CallOperation): object {
  return {
    operationId: name,
    tags: [tagOf(name)],
    summary: title,
    description: `${text}\n\nShort form: \`/v1/${shortForm}\`.`,
    'x-short-form': `/v1/${shortForm}`,
    parameters: [{ $ref: '#/components/parameters/StrictMode' }],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${schemaName}` },
          examples: Object.fromEntries(
            examples.map(({ name: key, summary, group, body }) => [
              key,
              { summary, value: body, ...(group !== undefined && { 'x-group': group }) },
            ]),
          ),
        },
      },
    },
    responses: {
      '200': { $ref: '#/components/responses/Taken' },
      '400': { $ref: '#/components/responses/Invalid' },
      '401': { $ref: '#/components/responses/Unauthorized' },
      '429': { $ref: '#/components/responses/RateLimited' },
      '503': { $ref: '#/components/responses/Unavailable' },
    },
  };
}
