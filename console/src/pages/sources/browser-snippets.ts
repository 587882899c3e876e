// First calls from a website: by a script tag, with nothing to install, or by the npm package. Both load everything from
// this server and from nobody else.
import type { WriteSnippet } from './snippet.ts';

const docsOf = (segment: boolean): string =>
  segment ? '/docs/clients/segment-javascript' : '/docs/clients/javascript';

/** Makes calls wait for the script, then loads it: the same for both clients but for their names and addresses. */
export const scriptTag: WriteSnippet = ({ origin, key, segment }) => {
  const name = segment ? 'analytics' : 'cioanalytics';
  const file = segment ? '/analytics.js/v1/' : '/v1/analytics-js/snippet/';
  const family = segment ? 'segment' : 'customerio';
  return {
    install: null,
    language: 'html',
    code: `<script>
  (function (name, key, host) {
    var client = (window[name] = window[name] || []);
    if (client.invoked || client.initialize) return;
    client.invoked = true;
    var methods = 'identify track page screen group alias reset ready on once off user setAnonymousId register debug';
    methods.split(' ').forEach(function (method) {
      client[method] = function () {
        client.push([method].concat([].slice.call(arguments)));
        return client;
      };
    });
    client._writeKey = key;${segment ? '\n    client._cdn = host;' : ''}
    var script = document.createElement('script');
    script.async = true;
    script.src = host + '${file}' + key + '/analytics.min.js';
    script.setAttribute('data-global-${family}-analytics-key', name);
    document.head.appendChild(script);
    client.page();
  })('${name}', '${key}', '${origin}');

  ${name}.identify('u1', { email: 'ann@example.com', plan: 'pro' });
  ${name}.track('Course Started', { course: 'Maths 101' });
</script>`,
    docs: docsOf(segment),
  };
};

export const browserPackage: WriteSnippet = ({ origin, key, segment }) => {
  const name = segment ? '@segment/analytics-next' : '@customerio/cdp-analytics-browser';
  return {
    install: `npm install ${name}`,
    language: 'js',
    code: `import { AnalyticsBrowser } from '${name}';

const analytics = AnalyticsBrowser.load({
  writeKey: '${key}',
  cdnURL: '${origin}',
});
analytics.page();
analytics.identify('u1', { email: 'ann@example.com', plan: 'pro' });
analytics.track('Course Started', { course: 'Maths 101' });`,
    docs: docsOf(segment),
  };
};
