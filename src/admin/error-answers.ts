// Every error of the control API in the unified body, with all faults of a request under `details`.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { errorCodes } from '../errors/codes.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { toErrorBody } from '../errors/error-body.ts';
import { DestinationError, FaultError, InputError } from '../errors/errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { InvalidRequestError, sentence } from './invalid-request.ts';
import type { RequestFault } from './invalid-request.ts';
import { TooManyAttemptsError } from './sign-in-limit.ts';

export const errorAnswer = z
  .object({
    code: z.enum(Object.keys(errorCodes) as ErrorCode[]).meta({ description: 'Machine-readable; see docs/errors.md.' }),
    message: z.string(),
    error: z.string(),
    meta: z.object({ errors: z.array(z.string()), error: z.string() }),
    field: z.string().nullable().meta({ description: 'Path of the first offending field.' }),
    details: z.array(
      z.object({
        field: z.string().nullable(),
        message: z.string(),
        limit: z.union([z.string(), z.number(), z.array(z.string())]).nullable(),
        remedy: z.string(),
      }),
    ),
  })
  .meta({ id: 'Error', description: 'What went wrong, and what to do about it.' });

/** Codes that Fastify gives to requests it cannot read, and what to tell the caller. */
const unreadable: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_json', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [
    'invalid_request',
    'The body is empty though Content-Type says JSON. Send a body, or leave the header out.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['invalid_request', 'Send the body as JSON, with Content-Type: application/json.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'The body is above the limit of 1 MiB.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_request', 'The body is shorter or longer than Content-Length says.'],
};

/** The error handler of the app. Faults of our own are logged; those of the caller are the caller's. */
export function createErrorHandler(logger: Logger) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (error instanceof InvalidRequestError)
      return answer(reply, error.code, error.faults.map(sentence), error.faults);
    if (error instanceof InputError) {
      if (error instanceof TooManyAttemptsError) reply.header('retry-after', String(error.retryAfterSeconds));
      const detail = { field: error.field ?? null, message: error.message, limit: null, remedy: '' };
      return answer(reply, error.code, [error.message], error.field === undefined ? [] : [detail]);
    }
    if (error instanceof DestinationError) return answer(reply, error.code, [error.message]);
    const known = unreadable[String((error as { code?: unknown } | null)?.code)];
    if (known) return answer(reply, known[0], [known[1]]);
    // A client that went away while its body came is no fault of ours, and hears no answer.
    if (request.raw.destroyed && !request.raw.complete)
      return answer(reply, 'invalid_request', ['The body did not arrive whole.']);
    // The route's pattern, not its address, which may hold an identifier of a person.
    logger.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a control API call failed');
    if (error instanceof FaultError) {
      if (error.retryable) reply.header('retry-after', '2');
      return answer(reply, error.code, [error.message]);
    }
    return answer(reply, 'internal', [errorCodes.internal.message]);
  };
}

/** The answer to an address that is none. */
export async function answerNotFound(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const message = `There is no ${request.method} ${request.url.split('?')[0]} here. The reference at /docs/control lists every address.`;
  return answer(reply, 'not_found', [message]);
}

function answer(
  reply: FastifyReply,
  code: ErrorCode,
  messages: readonly string[],
  details: readonly RequestFault[] = [],
): FastifyReply {
  const [first = errorCodes[code].message, ...rest] = messages;
  return reply
    .code(errorCodes[code].status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ ...toErrorBody(code, [first, ...rest]), field: details[0]?.field ?? null, details }));
}
