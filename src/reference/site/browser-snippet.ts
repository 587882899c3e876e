// The snippet that loads the browser client: it keeps calls made before the script is there, in the form in which the
// script expects them, and sends the first page view.

/** `origin` with its scheme; `key` a public key of letters, digits and `._~-` (see public-key.ts). */
export const browserSnippet = (origin: string, key: string): string => `<script>
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
    client._writeKey = key;
    var script = document.createElement('script');
    script.async = true;
    script.src = host + '/v1/analytics-js/snippet/' + key + '/analytics.min.js';
    script.setAttribute('data-global-customerio-analytics-key', name);
    document.head.appendChild(script);
    client.page();
  })('cioanalytics', '${key}', '${origin}');
</script>`;
