// Answers what Node's HTTP parser cannot read: no handler ever sees such a request, so the answer is written to the
// socket by hand, with the body that all errors have.
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorCodes } from '../../errors/codes.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { toErrorBody } from '../../errors/error-body.ts';

/** For the event `clientError` of a server. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  // The connection cannot be used further: where the next request would begin is not known.
  socket.end(toAnswer(...faultOf(error.code)), () => socket.destroy());
}

function faultOf(code: string | undefined): [ErrorCode, string] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return ['headers_too_large', 'The headers take more than 16 KB. Send smaller ones.'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return ['request_timeout', 'The request did not arrive whole in time. Send it again.'];
  return ['invalid_request', 'This is no valid HTTP request.'];
}

function toAnswer(code: ErrorCode, message: string): string {
  const { status, retry } = errorCodes[code];
  const body = JSON.stringify(toErrorBody(code, [message]));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    // The official browser client takes any answer it may read for delivered, so one that asks to come again is not
    // readable across origins (guarantee G9).
    ...(retry ? [] : ['Access-Control-Allow-Origin: *']),
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** Whether an earlier request on this connection is being answered: bytes in between would spoil that answer. */
function isAnswering(socket: Duplex): boolean {
  // Where Node keeps it; the types do not have it.
  if (!('_httpMessage' in socket)) return false;
  const message = socket._httpMessage;
  return typeof message === 'object' && message !== null && 'headersSent' in message && message.headersSent === true;
}
