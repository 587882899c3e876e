// Serves the pages that browser tests visit, from an origin of their own, so that every call of theirs is cross-origin.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `pages` by path; a path ending in .js is a script, anything else HTML. */
export async function openPageServer(pages: Readonly<Record<string, string>>): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const page = pages[path];
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
    if (page === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type }).end(page);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page whose `analytics` is the Customer.io client, loaded by a snippet from `origin` as its docs have it. */
export const snippetPage = (origin: string, key: string): string => `<!doctype html><title>A shop</title><script>
(function () {
  var name = 'cioanalytics';
  var analytics = (window[name] = window[name] || []);
  if (analytics.initialize || analytics.invoked) return;
  analytics.invoked = true;
  analytics.methods = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'reset', 'ready', 'on', 'once', 'off',
    'user', 'setAnonymousId', 'register', 'addSourceMiddleware', 'debug'];
  analytics.methods.forEach(function (method) {
    analytics[method] = function () {
      var call = Array.prototype.slice.call(arguments);
      call.unshift(method);
      analytics.push(call);
      return analytics;
    };
  });
  var script = document.createElement('script');
  script.async = true;
  script.setAttribute('data-global-customerio-analytics-key', name);
  script.src = '${origin}/v1/analytics-js/snippet/${key}/analytics.min.js';
  document.head.appendChild(script);
  analytics._writeKey = '${key}';
  analytics.SNIPPET_VERSION = '4.15.3';
})();
</script><h1>A shop</h1>`;

/** A page with Segment's client from its npm package, served beside the page as \`/segment.js\`. */
export const segmentPage = (origin: string, key: string): string => `<!doctype html><title>A shop</title>
<script src="/segment.js"></script>
<script>window.analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: '${key}', cdnURL: '${origin}' });</script>
<h1>A shop</h1>`;
