// Serves the console: one page for every address that a browser opens and nobody else owns, and the files it loads.
// Files below /assets/ are kept for ever by whoever loaded them, the page itself is asked for anew each time.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { openBuiltConsole } from './built-console.ts';
import type { BuiltFile, Coding } from './built-console.ts';
import { waitingPage } from './waiting-page.ts';

export interface ConsoleParts {
  /** Where the build is put. */
  readonly folder: string;
  /** Where the build says how it is getting on. */
  readonly stateFile: string;
  /** Told when files cannot be read, which is our fault. */
  readonly onFault: (error: unknown) => void;
}

export interface Console {
  /** Answers the request and says true; says false and leaves it alone when it is not for the console. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
}

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  // Components set style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

const securityHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  // The address of the first run holds a token.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const;

const html = 'text/html; charset=utf-8';
const text = 'text/plain; charset=utf-8';
/** The API answers these itself, with what is wrong about them. */
const api = /^\/(?:api|docs)(?:\/|$)/;
const fileAddress = /^\/(?:assets\/|console-icon\.svg$)/;

export function createConsole({ folder, stateFile, onFault }: ConsoleParts): Console {
  const built = openBuiltConsole(folder);

  const answer = async (req: IncomingMessage, res: ServerResponse, path: string): Promise<void> => {
    const found = await built();
    if (fileAddress.test(path)) {
      const file = found?.files.get(path);
      if (file) sendFile(req, res, file);
      else
        send(req, res, 404, text, 'There is no such file. A newer console may have been built: load the page again.\n');
    } else if (found) sendFile(req, res, found.index);
    else send(req, res, 503, html, await waitingPage(stateFile));
  };

  return {
    handle: (req, res) => {
      const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
      if (!isForConsole(req, path)) return false;
      answer(req, res, path).catch((error: unknown) => {
        onFault(error);
        if (res.headersSent) res.destroy();
        else send(req, res, 500, text, 'The console could not be read. The server’s log says why.\n');
      });
      return true;
    },
  };
}

/** Pages are asked for by browsers, which say that they take HTML; other clients get the API's answer of 404. */
function isForConsole(req: IncomingMessage, path: string): boolean {
  if ((req.method !== 'GET' && req.method !== 'HEAD') || api.test(path)) return false;
  return path === '/' || fileAddress.test(path) || (req.headers.accept ?? '').includes('text/html');
}

function sendFile(req: IncomingMessage, res: ServerResponse, file: BuiltFile): void {
  const coding = codingFor(req.headers['accept-encoding'], file);
  const body = (coding && file.coded[coding]) ?? file.plain;
  const headers = {
    ...securityHeaders,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  };
  if (req.headers['if-none-match'] === file.etag) {
    res.writeHead(304, headers).end();
    return;
  }
  res.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-length': body.length,
    ...(coding && { 'content-encoding': coding }),
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}

function codingFor(accepted: string | string[] | undefined, file: BuiltFile): Coding | null {
  const names = String(accepted ?? '')
    .split(',')
    .filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part))
    .map((part) => part.split(';', 1)[0]?.trim());
  return (['br', 'gzip'] as const).find((coding) => names.includes(coding) && file.coded[coding]) ?? null;
}

function send(req: IncomingMessage, res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, {
    ...securityHeaders,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}
