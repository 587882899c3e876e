// What the calls answer, for the document's `components`.
import { errorCodes } from '../../errors/codes.ts';
import { toErrorBody } from '../../errors/error-body.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import type { JsonObject } from '../../lib/json.ts';

export const errorSchema = {
  type: 'object',
  title: 'Error',
  description: 'Says what is wrong in the ways in which the official clients look for it.',
  required: ['code', 'message', 'error', 'meta'],
  properties: {
    code: { type: 'string', description: 'What kind of fault it is.', enum: codesOf(400, 401, 429, 503) },
    message: { type: 'string', description: 'The first fault, as a sentence.' },
    error: { type: 'string', description: 'The same once more.' },
    meta: {
      type: 'object',
      required: ['errors', 'error'],
      properties: {
        errors: { type: 'array', description: 'One sentence for each fault.', items: { type: 'string' } },
        error: { type: 'string', description: 'The first of them.' },
      },
    },
  },
} as const;

export const clientSettingsSchema = {
  type: 'object',
  title: 'ClientSettings',
  required: ['integrations'],
  properties: {
    integrations: {
      type: 'object',
      description: '`Customer.io Data Pipelines` or `Segment.io`, by the kind of the source; never both.',
      additionalProperties: {
        type: 'object',
        properties: {
          apiKey: { type: 'string', description: 'The key.' },
          apiHost: { type: 'string', description: 'Host and path that calls go to, without a scheme.' },
          protocol: { type: 'string', enum: ['https', 'http'] },
          addBundledMetadata: { type: 'boolean' },
        },
      },
    },
    plan: { type: 'object' },
    edgeFunction: { type: 'object' },
    middlewareSettings: { type: 'object' },
    metrics: { type: 'object', properties: { sampleRate: { type: 'number' } } },
    remotePlugins: { type: 'array', items: { type: 'object' } },
  },
} as const;

const error = (description: string, code: ErrorCode, faults: readonly [string, ...string[]], headers?: JsonObject) => ({
  description,
  ...(headers && { headers }),
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/Error' },
      example: toErrorBody(code, faults) as unknown as JsonObject,
    },
  },
});

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1, maximum: 30 } },
} as const;

export const responses = {
  Taken: {
    description:
      'The call is stored durably; or, without strict mode, it is rejected and the rejection recorded with its reason.',
    content: { 'application/json': { schema: { type: 'object', maxProperties: 0 }, example: {} } },
  },
  Invalid: error('Strict mode only: the call is not taken. One sentence for each fault.', 'invalid_request', [
    'A track call needs event, the name of what happened.',
  ]),
  Unauthorized: error('Strict mode only: the key is missing, unknown, revoked, or of another region.', 'unauthorized', [
    'No source has this key; compare it with the keys of your sources.',
  ]),
  RateLimited: error(
    'Only where the operator has set a hard limit.',
    'rate_limited',
    [errorCodes.rate_limited.message],
    retryAfter,
  ),
  Unavailable: error(
    'The call cannot be stored durably now and is not taken; send it again.',
    'log_unavailable',
    [errorCodes.log_unavailable.message],
    retryAfter,
  ),
};

function codesOf(...statuses: readonly number[]): readonly string[] {
  const codes = Object.entries(errorCodes).filter(([, { status }]) => statuses.includes(status));
  return codes.map(([code]) => code);
}
