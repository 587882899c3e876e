// The Postman collection (format v2.1), made from the OpenAPI document: a folder for each tag in the document's order,
// a request for each example, basic authentication and the variables `host` and `key` on the collection.
//
// Requests carry X-Strict-Mode: 1, so that a mistake made while trying things out is answered and not only recorded.
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';

interface Item {
  readonly name: string;
  readonly [member: string]: unknown;
}

const collectionSchema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** `host` is the address that the collection's own variable holds; the environment's goes before it. */
export function toCollection(document: JsonObject, host = 'http://localhost:8080'): object {
  const info = member(document, 'info');
  const operations = Object.entries(member(document, 'paths')).flatMap(([path, item]) => {
    const post = isObject(item) ? item['post'] : undefined;
    return isObject(post) && examplesOf(post).length > 0 ? [{ path, post }] : [];
  });
  return {
    info: {
      name: 'Leat',
      description: `${text(info['summary'])}\n\nSet \`host\` and \`key\` in the environment, choose the environment, and send. Every request runs in strict mode.`,
      version: info['version'],
      schema: collectionSchema,
    },
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: '{{key}}', type: 'string' },
        { key: 'password', value: '', type: 'string' },
      ],
    },
    variable: [
      { key: 'host', value: host, type: 'string' },
      { key: 'key', value: '', type: 'string' },
    ],
    item: operations.map(({ path, post }) => folder(path, post)),
  };
}

function folder(path: string, operation: JsonObject): Item {
  const requests = examplesOf(operation).map(([, example]) => ({
    group: example['x-group'],
    item: toRequest(path, operation, example),
  }));
  const groups = [...new Set(requests.map(({ group }) => group))];
  return {
    name: (operation['tags'] as readonly string[])[0] ?? path,
    description: operation['description'],
    item: groups.flatMap((group): Item[] => {
      const items = requests.filter((request) => request.group === group).map(({ item }) => item);
      return typeof group === 'string' ? [{ name: group, item: items }] : items;
    }),
  };
}

function toRequest(path: string, operation: JsonObject, example: JsonObject): Item {
  return {
    name: text(example['summary']),
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: testScript } }],
    request: {
      method: 'POST',
      header: [
        { key: 'Content-Type', value: 'application/json' },
        { key: 'X-Strict-Mode', value: '1', description: 'Faults are answered with 400 and 401. Take it out for the default mode.' },
      ],
      url: { raw: `{{host}}${path}`, host: ['{{host}}'], path: path.split('/').slice(1) },
      body: {
        mode: 'raw',
        raw: JSON.stringify(example['value'], null, 2),
        options: { raw: { language: 'json' } },
      },
      description: operation['summary'],
    },
    response: [],
  };
}

const testScript = [
  "pm.test('the call is taken', () => {",
  '  pm.response.to.have.status(200);',
  '  pm.expect(pm.response.json()).to.eql({});',
  '});',
];

function examplesOf(operation: JsonObject): readonly (readonly [string, JsonObject])[] {
  const content = member(member(member(operation, 'requestBody'), 'content'), 'application/json');
  return Object.entries(member(content, 'examples')).flatMap(([name, example]) =>
    isObject(example) ? [[name, example] as const] : [],
  );
}

/** The member when it is an object, else an empty one. */
function member(value: Json, name: string): JsonObject {
  const found = isObject(value) ? value[name] : undefined;
  return isObject(found) ? found : {};
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
