// What each kind of source is for, in words, and grouped as the form for adding one shows them.
import type { SourceKind } from './source-queries.ts';

interface KindInfo {
  readonly label: string;
  readonly hint: string;
}

export const kindInfo: Readonly<Record<SourceKind, KindInfo>> = {
  http: {
    label: 'HTTP',
    hint: 'Anything that can send an HTTP request: a webhook, a script, a tool without a client.',
  },
  javascript: { label: 'JavaScript', hint: 'A website, with the snippet or the npm package.' },
  node: { label: 'Node.js', hint: 'A server or script in JavaScript or TypeScript.' },
  python: { label: 'Python', hint: 'A server or script in Python.' },
  go: { label: 'Go', hint: 'A server in Go.' },
  ruby: { label: 'Ruby', hint: 'A server in Ruby.' },
  java: { label: 'Java', hint: 'A server in Java or Kotlin.' },
  ios: { label: 'iOS', hint: 'An app in Swift.' },
  android: { label: 'Android', hint: 'An app in Kotlin or Java.' },
  reactnative: { label: 'React Native', hint: 'An app in React Native.' },
  expo: { label: 'Expo', hint: 'A React Native app built with Expo.' },
  flutter: { label: 'Flutter', hint: 'An app in Dart.' },
};

const groups: readonly { readonly group: string; readonly kinds: readonly SourceKind[] }[] = [
  { group: 'Any', kinds: ['http'] },
  { group: 'Website', kinds: ['javascript'] },
  { group: 'Servers', kinds: ['node', 'python', 'go', 'ruby', 'java'] },
  { group: 'Mobile apps', kinds: ['ios', 'android', 'reactnative', 'expo', 'flutter'] },
];

/** Kinds as the options of a select. */
export const kindOptions = groups.map(({ group, kinds }) => ({
  group,
  items: kinds.map((kind) => ({ value: kind, label: kindInfo[kind].label })),
}));

export const familyOptions = [
  { value: 'customerio', label: 'Customer.io' },
  { value: 'segment', label: 'Segment' },
] as const;

/** Whether clients of this kind run where everybody can read the key, so that it must be a public one. */
export const needsPublicKey = (kind: SourceKind): boolean =>
  ['javascript', 'ios', 'android', 'reactnative', 'expo', 'flutter'].includes(kind);
