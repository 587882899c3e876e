// Puts in place of the engine's fetch one that asks delivery to make the request. So the package's requests are guarded
// against private addresses, limited, cut off and recorded as those of any destination, and its thread needs no sockets.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpRequest, HttpResponse } from '../../src/destinations/http-client.ts';
import type { RetryOutcome } from '../../src/destinations/outcome.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import type { FetchModule, FetchRequest, Package } from './open-package.ts';
import type { PackHttp } from './pack-protocol.ts';

/** The send on whose behalf code is running. */
export interface Call {
  readonly call: number;
  /** Why its last request got no answer, if that is so. */
  failure: RetryOutcome | null;
}

export const currentCall = new AsyncLocalStorage<Call>();

/** Rejected with by fetch when there was no answer. */
export class NoAnswer extends Error {
  override readonly name = 'FetchError';
  readonly outcome: RetryOutcome;

  constructor(outcome: RetryOutcome) {
    super(outcome.reason);
    this.outcome = outcome;
  }
}

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies HttpRequest['method'][];
/** Decided by the connection; an answer that may be compressed could not be read. */
const connectionHeaders: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'accept-encoding']);
const textTypes = /json|text|xml|x-www-form-urlencoded/i;
const maxAnswerBytes = 1024 * 1024;

export function installHostFetch(pack: Package, http: Pick<Remote<PackHttp>, 'request'>): void {
  const { Request, Response, Headers } = pack.fetch;
  const hostFetch = async (input: string | FetchRequest, init?: object): Promise<unknown> => {
    const call = currentCall.getStore();
    if (!call) throw new Error('A request outside of any send.');
    const request = await toHttpRequest(new Request(input, init));
    const result = await http.request(call.call, request);
    if ('failure' in result) {
      call.failure = result.failure;
      throw new NoAnswer(result.failure);
    }
    call.failure = null;
    const { status, body } = result.response;
    return new Response(body, { status, url: request.url, headers: toHeaders(result.response) });
  };
  const fetch = Object.assign(hostFetch, { Request, Response, Headers }) as unknown as FetchModule;
  fetch.fetch = fetch;
  fetch.default = fetch;
  pack.replaceFetch(fetch);
}

async function toHttpRequest(request: FetchRequest): Promise<HttpRequest> {
  const { method, url } = request;
  if (!methods.includes(method)) throw new Error(`Requests by ${method} are not made.`);
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !connectionHeaders.has(name)));
  const bytes = Buffer.from(await request.arrayBuffer());
  // Text stays text, so that it can be read where failed requests are shown.
  const body = textTypes.test(headers['content-type'] ?? '') ? bytes.toString() : new Uint8Array(bytes);
  return {
    method: method as HttpRequest['method'],
    url,
    headers: { ...headers, 'user-agent': 'Leat' },
    ...(bytes.length > 0 && { body }),
    maxResponseBytes: maxAnswerBytes,
  };
}

const toHeaders = ({ headers }: HttpResponse): readonly (readonly [string, string])[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
