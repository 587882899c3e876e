// TLS on the one port: HTTP/2 for clients that offer it (ALPN), HTTP/1.1 for the others, handled by the same code as
// without TLS. What is different in HTTP/2 is evened out here: the host stands in `:authority`, Node's request timeout
// does not cover streams, and the server does not know its idle connections.
import { constants, createSecureServer } from 'node:http2';
import type { Http2SecureServer, Http2ServerRequest, SecureServerOptions, ServerHttp2Session } from 'node:http2';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface TlsServer {
  readonly server: Http2SecureServer;
  /** Ends connections without a request under way; HTTP/2 sessions end after the streams they have. */
  readonly closeIdle: () => void;
  /** Cuts every connection. */
  readonly closeAll: () => void;
}

/** `requestTimeout` bounds how long a request may take to arrive whole, in both protocols; ms. */
export function createTlsServer(
  options: SecureServerOptions & { readonly requestTimeout: number },
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): TlsServer {
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new Set<Socket>();
  const server = createSecureServer({ ...options, allowHTTP1: true }, (request, response) => {
    if (request.httpVersionMajor === 2) adapt(request, options.requestTimeout);
    // The compatibility API of node:http2 offers what handlers use of node:http.
    handle(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    server,
    closeIdle: () => {
      for (const session of sessions) session.close();
      // There for its HTTP/1.1 connections; the types do not have it.
      if ('closeIdleConnections' in server && typeof server.closeIdleConnections === 'function')
        server.closeIdleConnections();
    },
    closeAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function adapt(request: Http2ServerRequest, requestTimeout: number): void {
  request.headers.host ??= request.authority;
  const { stream } = request;
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), requestTimeout);
  const stop = (): void => clearTimeout(timer);
  request.once('end', stop);
  stream.once('close', stop);
}
