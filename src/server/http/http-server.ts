// HTTP/1.1 on the one port, without encryption.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import { PlainConnections } from './plain-connections.ts';
import type { TakeCall } from './plain-connections.ts';

export interface HttpServer {
  readonly server: Server;
  /** Ends connections without a request under way. */
  readonly closeIdle: () => void;
  /** Cuts every connection. */
  readonly closeAll: () => void;
}

/** `takeCall` is asked first about calls that are there whole. */
export function createHttpServer(
  options: ServerOptions,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  takeCall: TakeCall,
): HttpServer {
  const server = createServer(options, handle);
  const connections = new PlainConnections(server, takeCall);
  return {
    server,
    closeIdle: () => {
      server.closeIdleConnections();
      connections.closeIdle();
    },
    closeAll: () => {
      server.closeAllConnections();
      connections.closeAll();
    },
  };
}
