// Fastify with zod: request parts are parsed by their schema, answers are cut to theirs, so nothing leaves by accident.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifySchemaCompiler,
  FastifyTypeProvider,
  RawServerDefault,
} from 'fastify';
import type { z } from 'zod';
import type { Role } from '../control/model.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Caller } from './authentication.ts';
import { toInvalidRequest } from './invalid-request.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role that may call the route; `public` needs no token. Every route states it. */
    role?: Role | 'public';
  }
  interface FastifyRequest {
    /** Who calls; null on public routes. */
    caller: Caller | null;
    /** Whether the caller may still call the route: for answers that go on for long. */
    stillAllowed: () => Promise<boolean>;
  }
}

/** Handlers answer the model's readonly data; JSON as such is readonly already, and endless. */
type DeepReadonly<T> = JsonObject extends T
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;

interface AdminTypeProvider extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  serializer: this['schema'] extends z.ZodType ? DeepReadonly<z.output<this['schema']>> : unknown;
}

export type AdminApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  AdminTypeProvider
>;

/** Parses a part of the request; a fault becomes an InputError that names every field. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (data: unknown) => {
    const result = schema.safeParse(data);
    return result.success ? { value: result.data } : { error: toInvalidRequest(result.error, data, httpPart) };
  };
};
