// The one table of error codes: what each answers over HTTP, whether trying again can help, and its default words.
// docs/errors.md is generated from it.

interface ErrorCodeEntry {
  /** HTTP status when the error reaches a client. */
  readonly status: number;
  /** Whether the same request may succeed later unchanged. */
  readonly retry: boolean;
  readonly message: string;
}

export const errorCodes = {
  invalid_request: { status: 400, retry: false, message: 'The request is not valid.' },
  invalid_json: { status: 400, retry: false, message: 'The body is not valid JSON.' },
  too_large: { status: 400, retry: false, message: 'The call is larger than the limit.' },
  unauthorized: { status: 401, retry: false, message: 'The key or token is missing or not known.' },
  forbidden: { status: 403, retry: false, message: 'This token may not do that.' },
  not_found: { status: 404, retry: false, message: 'There is nothing at this address.' },
  conflict: { status: 409, retry: false, message: 'It conflicts with something that exists.' },
  request_timeout: { status: 408, retry: true, message: 'The request did not arrive whole in time.' },
  rate_limited: { status: 429, retry: true, message: 'Above the hard limit that the operator set.' },
  headers_too_large: { status: 431, retry: false, message: 'The headers of the request are too large.' },
  log_unavailable: { status: 503, retry: true, message: 'The event log cannot store the call durably at the moment.' },
  store_unavailable: { status: 503, retry: true, message: 'A store cannot be reached at the moment.' },
  shutting_down: { status: 503, retry: true, message: 'The server is stopping.' },
  thread_lost: { status: 503, retry: true, message: 'A background thread stopped unexpectedly.' },
  internal: { status: 500, retry: true, message: 'Something went wrong inside Leat.' },
  bad_setting: { status: 400, retry: false, message: 'A setting is not valid.' },
  destination_refused: { status: 502, retry: false, message: 'The destination refused the request.' },
  destination_unavailable: {
    status: 502,
    retry: true,
    message: 'The destination could not be reached or answered with an error.',
  },
  private_address: {
    status: 400,
    retry: false,
    message: 'The destination points at a private address, which the operator has not allowed.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof errorCodes;
