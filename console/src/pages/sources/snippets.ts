// Code that sends a first call from each kind of client, with the host and key filled in. Pure; the same calls as in
// docs/clients, which are run by tests.
import { browserPackage, scriptTag } from './browser-snippets.ts';
import { kindInfo } from './source-kinds.ts';
import { mobileSnippets } from './mobile-snippets.ts';
import type { Address, Snippet, WriteSnippet } from './snippet.ts';
import type { Source, SourceKind } from './source-queries.ts';

/** The first calls of a kind of source: of most kinds one, for websites with a script tag and with the npm package. */
export function snippetsOf({ kind, family }: Pick<Source, 'kind' | 'family'>, address: Address): readonly Snippet[] {
  if (kind === 'http') return [curlSnippet(address)];
  const wanted = { ...address, segment: family === 'segment' };
  const { label } = kindInfo[kind];
  if (kind === 'javascript')
    return [
      { label, ...scriptTag(wanted) },
      { label: `${label} (npm)`, ...browserPackage(wanted) },
    ];
  return [{ label, ...clients[kind](wanted) }];
}

const curlSnippet = ({ origin, key }: Address): Snippet => ({
  label: 'curl',
  install: null,
  language: 'sh',
  code: `curl ${origin}/v1/track \\
  --user '${key}:' \\
  --header 'Content-Type: application/json' \\
  --header 'X-Strict-Mode: 1' \\
  --data '{
    "userId": "u1",
    "event": "Course Started",
    "properties": { "course": "Maths 101" }
  }'`,
  docs: '/docs',
});

const clients: Readonly<Record<Exclude<SourceKind, 'http' | 'javascript'>, WriteSnippet>> = {
  node: ({ origin, key, segment }) => {
    const name = segment ? '@segment/analytics-node' : '@customerio/cdp-analytics-node';
    return {
      install: `npm install ${name}`,
      language: 'js',
      code: `import { Analytics } from '${name}';

const analytics = new Analytics({ writeKey: '${key}', host: '${origin}' });
analytics.identify({ userId: 'u1', traits: { email: 'ann@example.com', plan: 'pro' } });
analytics.track({ userId: 'u1', event: 'Course Started', properties: { course: 'Maths 101' } });
await analytics.closeAndFlush();`,
      docs: segment ? '/docs/clients/segment-node' : '/docs/clients/node',
    };
  },
  python: ({ origin, key, segment }) => ({
    install: `pip install ${segment ? 'segment-analytics-python' : 'customerio-cdp-analytics'}`,
    language: 'python',
    code: `${segment ? 'import segment.analytics as analytics' : 'from customerio import analytics'}

analytics.write_key = '${key}'
analytics.host = '${origin}'

analytics.identify('u1', {'email': 'ann@example.com', 'plan': 'pro'})
analytics.track('u1', 'Course Started', {'course': 'Maths 101'})
analytics.shutdown()`,
    docs: segment ? '/docs/clients/segment-python' : '/docs/clients/python',
  }),
  go: ({ origin, key, segment }) => {
    const name = segment ? 'github.com/segmentio/analytics-go/v3' : 'github.com/customerio/cdp-analytics-go';
    return {
      install: `go get ${name}`,
      language: 'go',
      code: `package main

import (
	"log"

	analytics "${name}"
)

func main() {
	client, err := analytics.NewWithConfig("${key}", analytics.Config{Endpoint: "${origin}"})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	err = client.Enqueue(analytics.Track{
		UserId:     "u1",
		Event:      "Course Started",
		Properties: analytics.NewProperties().Set("course", "Maths 101"),
	})
	if err != nil {
		log.Fatal(err)
	}
}`,
      docs: segment ? '/docs/clients/segment-go' : '/docs/clients/go',
    };
  },
  ruby: ({ origin, key }) => {
    const { hostname, port, protocol } = new URL(origin);
    return {
      install: 'gem install analytics-ruby',
      language: 'ruby',
      code: `require 'segment/analytics'

analytics = Segment::Analytics.new(
  write_key: '${key}',
  host: '${hostname}',
  port: ${port || (protocol === 'https:' ? '443' : '80')}
)
analytics.identify(user_id: 'u1', traits: { email: 'ann@example.com', plan: 'pro' })
analytics.track(user_id: 'u1', event: 'Course Started', properties: { course: 'Maths 101' })
analytics.flush`,
      docs: '/docs/clients/segment-ruby',
    };
  },
  java: ({ origin, key }) => ({
    install: null,
    language: 'java',
    code: `import com.segment.analytics.Analytics;
import com.segment.analytics.messages.TrackMessage;
import java.util.Map;

Analytics analytics = Analytics.builder("${key}").endpoint("${origin}").build();
analytics.enqueue(
    TrackMessage.builder("Course Started").userId("u1").properties(Map.of("course", "Maths 101")));
analytics.flush();
analytics.shutdown();`,
    docs: '/docs/clients/segment-java',
  }),
  ios: mobileSnippets.ios,
  android: mobileSnippets.android,
  reactnative: mobileSnippets.reactnative,
  expo: mobileSnippets.expo,
  flutter: mobileSnippets.flutter,
};
