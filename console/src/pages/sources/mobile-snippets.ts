// First calls from apps. Their clients take the host without a scheme and with /v1, and speak https only.
import type { WriteSnippet } from './snippet.ts';

const hostOf = (origin: string): string => `${new URL(origin).host}/v1`;
const segmentDocs = '/docs/clients/segment-mobile';

const reactNative =
  (packages: string): WriteSnippet =>
  ({ origin, key }) => ({
    install: `npm install ${packages}`,
    language: 'js',
    code: `import { CustomerIO } from 'customerio-reactnative';

await CustomerIO.initialize({
  cdpApiKey: '${key}',
  apiHost: '${hostOf(origin)}',
  cdnHost: '${hostOf(origin)}',
});

CustomerIO.identify({ userId: 'u1', traits: { email: 'ann@example.com' } });
CustomerIO.track('Course Started', { course: 'Maths 101' });`,
    docs: '/docs/clients/react-native',
  });

export const mobileSnippets = {
  ios: ({ origin, key, segment }) =>
    segment
      ? {
          install: null,
          language: 'swift',
          code: `import Segment

let analytics = Analytics(configuration: Configuration(writeKey: "${key}")
    .apiHost("${hostOf(origin)}")
    .cdnHost("${hostOf(origin)}"))
analytics.identify(userId: "u1", traits: ["email": "ann@example.com"])
analytics.track(name: "Course Started", properties: ["course": "Maths 101"])`,
          docs: segmentDocs,
        }
      : {
          install: null,
          language: 'swift',
          code: `import CioDataPipelines

let config = SDKConfigBuilder(cdpApiKey: "${key}")
    .apiHost("${hostOf(origin)}")
    .cdnHost("${hostOf(origin)}")
    .build()
CustomerIO.initialize(withConfig: config)

CustomerIO.shared.identify(userId: "u1", traits: ["email": "ann@example.com"])
CustomerIO.shared.track(name: "Course Started", properties: ["course": "Maths 101"])`,
          docs: '/docs/clients/ios',
        },
  android: ({ origin, key, segment }) =>
    segment
      ? {
          install: null,
          language: 'kotlin',
          code: `import com.segment.analytics.kotlin.android.Analytics

val analytics = Analytics("${key}", applicationContext) {
    apiHost = "${hostOf(origin)}"
    cdnHost = "${hostOf(origin)}"
}
analytics.identify("u1", buildJsonObject { put("email", "ann@example.com") })
analytics.track("Course Started", buildJsonObject { put("course", "Maths 101") })`,
          docs: segmentDocs,
        }
      : {
          install: null,
          language: 'kotlin',
          code: `import io.customer.sdk.CustomerIO
import io.customer.sdk.CustomerIOConfigBuilder

val config = CustomerIOConfigBuilder(application, "${key}")
    .apiHost("${hostOf(origin)}")
    .cdnHost("${hostOf(origin)}")
    .build()
CustomerIO.initialize(config)

CustomerIO.instance().identify("u1", mapOf("email" to "ann@example.com"))
CustomerIO.instance().track("Course Started", mapOf("course" to "Maths 101"))`,
          docs: '/docs/clients/android',
        },
  flutter: ({ origin, key }) => ({
    install: 'flutter pub add customer_io',
    language: 'dart',
    code: `import 'package:customer_io/customer_io.dart';
import 'package:customer_io/customer_io_config.dart';

await CustomerIO.initialize(
  config: CustomerIOConfig(
    cdpApiKey: '${key}',
    apiHost: '${hostOf(origin)}',
    cdnHost: '${hostOf(origin)}',
  ),
);

CustomerIO.instance.identify(userId: 'u1', traits: {'email': 'ann@example.com'});
CustomerIO.instance.track(name: 'Course Started', properties: {'course': 'Maths 101'});`,
    docs: '/docs/clients/flutter',
  }),
  reactnative: reactNative('customerio-reactnative'),
  expo: reactNative('customerio-reactnative customerio-expo-plugin'),
} as const satisfies Readonly<Record<string, WriteSnippet>>;
