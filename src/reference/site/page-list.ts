// The pages in the order of the navigation. A test checks that every page of docs/api and docs/clients is among them.

export interface Section {
  readonly title: string;
  /** Files below the docs folder, without `.md`. */
  readonly files: readonly string[];
}

export const sections: readonly Section[] = [
  {
    title: 'Start',
    files: ['api/README', 'api/authentication', 'api/errors', 'api/limits', 'api/regions', 'api/tls'],
  },
  {
    title: 'Calls',
    files: [
      'api/identify',
      'api/track',
      'api/page',
      'api/screen',
      'api/group',
      'api/alias',
      'api/batch',
      'api/context',
    ],
  },
  { title: 'Events', files: ['api/semantic-events', 'api/shared-events'] },
  { title: 'How to', files: ['api/anonymous-people', 'api/backfilling', 'api/deduplication', 'api/postman'] },
  {
    title: 'Clients',
    files: [
      'clients/README',
      'clients/javascript',
      'clients/node',
      'clients/customerio-node',
      'clients/python',
      'clients/go',
      'clients/ios',
      'clients/android',
      'clients/react-native',
      'clients/flutter',
    ],
  },
  {
    title: 'Segment and RudderStack',
    files: [
      'clients/segment-javascript',
      'clients/segment-node',
      'clients/segment-python',
      'clients/segment-go',
      'clients/segment-ruby',
      'clients/segment-java',
      'clients/segment-mobile',
      'clients/rudderstack-node',
    ],
  },
];

/** Address of a page. */
export const pageAddress = (file: string): string =>
  file === 'api/README' ? '/docs' : `/docs/${file.replace(/\/README$/, '')}`;

/** Files that pages link to and where the server has them. */
export const downloads: Readonly<Record<string, string>> = {
  'api/openapi.json': '/docs/openapi.json',
  '../postman/leat.postman_collection.json': '/docs/postman/collection.json',
  '../postman/leat.postman_environment.json': '/docs/postman/environment.json',
};
