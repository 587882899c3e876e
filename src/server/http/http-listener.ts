// The one port: HTTP, or TLS with HTTP/2 and HTTP/1.1 when a certificate is set. Slow senders are bounded here;
// certificates reload on change.
import { readFileSync, watch } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Server } from 'node:tls';
import { InputError } from '../../errors/errors.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { createHttpServer } from './http-server.ts';
import type { TakeCall } from './plain-connections.ts';
import { createTlsServer } from './tls-server.ts';
import { answerUnreadable } from './unreadable-requests.ts';

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly logger: Logger;
}

export interface Listener {
  /** Where it can be reached from this machine. */
  readonly url: string;
  /** Stops taking connections, lets requests under way finish, then closes the rest. */
  close(): Promise<void>;
}

const serverOptions = {
  // A sender that trickles its headers or body may hold a connection this long, no longer.
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
  noDelay: true,
} as const;

export interface Handlers {
  /** Takes any request. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Asked first about calls that are there whole, unless the port is encrypted. */
  readonly takeCall: TakeCall;
}

/**
 * Listens and hands every request to one of the handlers.
 * @throws InputError `bad_setting` naming LEAT_PORT or LEAT_HOST when the address cannot be had.
 */
export async function listen(options: ListenerOptions, { handle, takeCall }: Handlers): Promise<Listener> {
  const { tls } = options;
  const encrypted = tls && createTlsServer({ ...serverOptions, ...readCertificate(tls) }, handle);
  const { server, closeIdle, closeAll } = encrypted ?? createHttpServer(serverOptions, handle, takeCall);
  server.on('clientError', answerUnreadable);
  const stopWatching = encrypted ? reloadOnChange(encrypted.server, tls, options.logger) : () => {};
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException): void => {
      stopWatching();
      reject(listenError(options, cause));
    };
    server.once('error', refuse);
    server.listen(options.port, options.host, 4096, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = ['0.0.0.0', '::', ''].includes(options.host) ? 'localhost' : options.host;
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () => {
      stopWatching();
      return new Promise((resolve) => {
        server.close(() => resolve());
        // Again and again: a kept connection that was busy a moment ago is idle once its request has been answered.
        const closing = setInterval(closeIdle, 50);
        const patience = setTimeout(closeAll, 5000);
        server.once('close', () => {
          clearInterval(closing);
          clearTimeout(patience);
        });
      });
    },
  };
}

/** What the operator can do about it; an error that no setting mends stays what it is. */
function listenError({ host, port }: ListenerOptions, cause: NodeJS.ErrnoException): Error {
  const remedies: Readonly<Record<string, string>> = {
    EADDRINUSE: `LEAT_PORT ${port} is taken: another program, or another Leat, listens there. Stop it, or set LEAT_PORT to a free port, such as LEAT_PORT=9000.`,
    EACCES: `LEAT_PORT ${port} may not be opened by this user; ports below 1024 often need a privilege. Set LEAT_PORT to a higher port, such as 8080, and let a proxy listen there.`,
    EADDRNOTAVAIL: `LEAT_HOST ${host} is no address of this machine. Set it to one of this machine's, such as 127.0.0.1, or to 0.0.0.0 for all of them.`,
    ENOTFOUND: `LEAT_HOST ${host} is a name that is not known. Set it to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all of them.`,
  };
  const remedy = remedies[cause.code ?? ''];
  return remedy === undefined ? cause : new InputError('bad_setting', remedy, undefined, { cause });
}

function readCertificate(tls: { readonly certFile: string; readonly keyFile: string }): { cert: Buffer; key: Buffer } {
  try {
    return { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
  } catch (cause) {
    throw new InputError(
      'bad_setting',
      `LEAT_TLS_CERT or LEAT_TLS_KEY cannot be read: ${(cause as Error).message}`,
      undefined,
      {
        cause,
      },
    );
  }
}

/** Watches the folders, not the files: certificate tools replace files by renaming, which ends a watch on the file. */
function reloadOnChange(
  server: Pick<Server, 'setSecureContext'>,
  tls: { readonly certFile: string; readonly keyFile: string },
  logger: Logger,
): () => void {
  let pending: NodeJS.Timeout | undefined;
  const reload = (): void => {
    try {
      server.setSecureContext(readCertificate(tls));
      logger.info({}, 'The TLS certificate was reloaded.');
    } catch (error) {
      // Certificate and key are replaced one after the other: a pair that does not match yet is tried at the next change.
      logger.warn(
        { reason: (error as Error).message },
        'The changed TLS certificate cannot be used; the old one stays.',
      );
    }
  };
  const folders = new Set([path.dirname(tls.certFile), path.dirname(tls.keyFile)]);
  const watchers = [...folders].map((folder) =>
    watch(folder, () => {
      clearTimeout(pending);
      pending = setTimeout(reload, 100);
    }),
  );
  return () => {
    clearTimeout(pending);
    for (const watcher of watchers) watcher.close();
  };
}
