// The OpenAPI 3.1 document of the control API, made from the routes' own schemas.
import type { SwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

const description = `Manages a Leat server: sources and their keys, destinations, people and objects, and what became of every event.

Send \`Authorization: Bearer <token>\`. The operator's token is \`LEAT_ADMIN_TOKEN\`, or stands in the file \`admin-token\` of the data folder; further ones are made with \`POST /api/v1/tokens\`. Browsers sign in with \`POST /api/v1/session\` instead.

Times are ISO 8601 in UTC. Lists are \`{"items": […], "next": cursor|null}\`. Errors have a \`code\`, a \`message\` that says what to do, and under \`details\` every offending field.`;

/** Tags in the order in which the reference shows them. */
export const apiTags = [
  { name: 'Sources', description: 'What sends events here, their keys, and what was not taken.' },
  { name: 'Destinations', description: 'Where events go.' },
  { name: 'People', description: 'People of the workspace. Changes are events appended to the log.' },
  { name: 'Objects', description: 'Objects of the workspace and the people related to them.' },
  { name: 'Events', description: 'The log: latest, live, explained, accounted for.' },
  { name: 'Accounts', description: 'Users, their sessions, and the one-time links by which they choose a password.' },
  { name: 'Server', description: 'Status, tokens, audit.' },
];

export const openApiOptions = (version: string): SwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Leat control API', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: apiTags,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Token of the control API.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'leat_session',
          description:
            'A signed-in user. Changes need the header x-leat-csrf as well, with the `csrf` of GET /api/v1/session.',
        },
      },
    },
  },
  transform: jsonSchemaTransform,
  transformObject: jsonSchemaTransformObject,
});
