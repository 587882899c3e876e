// Serves the reference: the pages of docs/api and docs/clients at /docs, with the reader's own host and key filled in,
// the OpenAPI document, the Postman files and the browser snippet. No page needs a script or anything from elsewhere.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { regionOfKey } from '../../control/keys.ts';
import type { Region } from '../../control/model.ts';
import type { JsonObject } from '../../lib/json.ts';
import { toCollection } from '../postman/to-collection.ts';
import { toEnvironment } from '../postman/to-environment.ts';
import { browserSnippet } from './browser-snippet.ts';
import { layout } from './layout.ts';
import { pageAddress, sections } from './page-list.ts';
import { fillMarks } from './personal.ts';
import { parseKeyParameter } from './public-key.ts';
import type { RenderedPage } from './render-page.ts';

export interface ReferenceParts {
  /** Folder with `api/` and `clients/`. */
  readonly docsFolder: string;
  readonly region: Region;
  /** LEAT_REGION_HOSTS, for the tables of hosts; with or without a scheme. */
  readonly regionHosts: Readonly<Partial<Record<Region, string>>>;
  /** Where clients reach the server of a region, as far as this request tells; null when it names no usable host. */
  readonly origin: (
    req: IncomingMessage,
    region: Region,
  ) => { readonly protocol: string; readonly host: string } | null;
  /** Told when a page cannot be read or rendered, which is our fault. */
  readonly onFault: (error: unknown) => void;
}

export interface Reference {
  /** Answers the request and says true; says false and leaves it alone when it is not for the reference. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
}

interface Answer {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
  /** Offered under this name for saving. */
  readonly fileName?: string;
}

interface Content {
  readonly pages: ReadonlyMap<string, RenderedPage>;
  readonly titles: ReadonlyMap<string, string>;
  readonly openApi: JsonObject;
  readonly style: string;
  readonly script: string;
}

const html = 'text/html; charset=utf-8';
const text = 'text/plain; charset=utf-8';
const json = 'application/json; charset=utf-8';

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Addresses may hold a key.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
} as const;

/** Pages are read and rendered at the first request, not at the start of the server. */
export function createReference(parts: ReferenceParts): Reference {
  let content: Promise<Content> | null = null;

  const answer = async (req: IncomingMessage, url: URL): Promise<Answer> => {
    content ??= loadContent(parts.docsFolder);
    return answerFor(await content, parts, req, url);
  };

  return {
    handle: (req, res) => {
      const url = referenceUrl(req);
      if (url === null) return false;
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        res.writeHead(405, { ...securityHeaders, allow: 'GET, HEAD', 'content-length': 0 }).end();
        return true;
      }
      answer(req, url).then(
        (found) => send(req, res, found),
        (error: unknown) => {
          content = null;
          parts.onFault(error);
          send(req, res, { status: 500, type: text, body: 'The page could not be made.\n' });
        },
      );
      return true;
    },
  };
}

/** The request's address when it is the reference's. The control API's own pages lie below /docs/control. */
function referenceUrl(req: IncomingMessage): URL | null {
  const target = req.url ?? '';
  if (!/^\/docs(?:[/?]|$)/.test(target) || /^\/docs\/control(?:[/?.]|$)/.test(target)) return null;
  return URL.parse(target, 'http://localhost');
}

function answerFor(content: Content, parts: ReferenceParts, req: IncomingMessage, url: URL): Answer {
  const { pages, titles, openApi, style, script } = content;
  const parameter = parseKeyParameter(url.searchParams.get('key'));
  const key = parameter.ok ? parameter.key : null;
  const found = parts.origin(req, (key === null ? null : regionOfKey(key)) ?? parts.region);
  const origin = found === null ? 'http://localhost:8080' : `${found.protocol}://${found.host}`;
  const address = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  const keyFault: Answer | null = parameter.ok ? null : { status: 400, type: text, body: `${parameter.message}\n` };

  switch (address) {
    case '/docs/assets/style.css':
      return { type: 'text/css; charset=utf-8', body: style };
    case '/docs/assets/copy.js':
      return { type: 'text/javascript; charset=utf-8', body: script };
    case '/docs/openapi.json':
      return { type: json, body: toJson({ ...openApi, servers: [{ url: origin }] }) };
    case '/docs/postman/collection.json':
      return { type: json, body: toJson(toCollection(openApi, origin)), fileName: 'leat.postman_collection.json' };
    case '/docs/postman/environment.json':
      return (
        keyFault ?? {
          type: json,
          body: toJson(toEnvironment(origin, key ?? '')),
          fileName: 'leat.postman_environment.json',
        }
      );
    case '/docs/snippet':
      if (keyFault) return keyFault;
      if (key === null) return { status: 400, type: text, body: 'Give your public key: /docs/snippet?key=…\n' };
      return { type: text, body: `${browserSnippet(origin, key)}\n` };
  }
  const page = pages.get(address) ?? null;
  const request = { key, keyProblem: parameter.ok ? null : parameter.message };
  const body = fillMarks(layout(page, titles, request), { origin, key, regionHosts: hostsOf(parts) });
  return { status: page === null ? 404 : 200, type: html, body };
}

/** Hosts as tables show them; the setting may hold a scheme. */
const hostsOf = ({ regionHosts: { us, eu } }: ReferenceParts): ReferenceParts['regionHosts'] => ({
  ...(us !== undefined && { us: us.replace(/^https?:\/\//, '') }),
  ...(eu !== undefined && { eu: eu.replace(/^https?:\/\//, '') }),
});

async function loadContent(docsFolder: string): Promise<Content> {
  // Loaded with the first page: a server that only takes calls needs no Markdown.
  const { renderPage } = await import('./render-page.ts');
  const files = sections.flatMap((section) => section.files);
  const known = new Set(files);
  const rendered = await Promise.all(
    files.map(async (file) => renderPage(file, await readFile(path.join(docsFolder, `${file}.md`), 'utf8'), known)),
  );
  const asset = (name: string): Promise<string> => readFile(path.join(import.meta.dirname, name), 'utf8');
  return {
    pages: new Map(rendered.map((page) => [pageAddress(page.file), page])),
    titles: new Map(rendered.map(({ file, title }) => [file, title])),
    openApi: JSON.parse(await readFile(path.join(docsFolder, 'api/openapi.json'), 'utf8')) as JsonObject,
    style: await asset('style.css'),
    script: await asset('copy.js'),
  };
}

function send(req: IncomingMessage, res: ServerResponse, { status = 200, type, body, fileName }: Answer): void {
  res.writeHead(status, {
    ...securityHeaders,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(fileName !== undefined && { 'content-disposition': `attachment; filename="${fileName}"` }),
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}

const toJson = (value: unknown): string => JSON.stringify(value, null, 2);
