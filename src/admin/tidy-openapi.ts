// Takes out of the OpenAPI document what schema conversion leaves in but no reader needs.

type Node = Record<string, unknown>;

/** What an answer's status means, where conversion writes "Default Response". */
const meanings: Readonly<Record<string, string>> = {
  '200': 'As asked.',
  '201': 'Made.',
  '202': 'Appended to the log; the workspace applies it in order.',
  '204': 'Done.',
  '4XX': 'Refused; the body says why and what to do.',
  '5XX': 'The server could not do it; the body says whether trying again helps.',
};

/** The document without unused components, limits that every integer has, and patterns that a format says already. */
export function tidyOpenApi(document: object): object {
  const tidied = tidy(document) as Node;
  const components = tidied['components'] as { schemas?: Node } | undefined;
  const schemas = components?.schemas ?? {};
  // Removing one can leave another unused.
  for (let before = -1; before !== Object.keys(schemas).length;) {
    before = Object.keys(schemas).length;
    const text = JSON.stringify(tidied);
    for (const name of Object.keys(schemas)) if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
  }
  return tidied;
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const node: Node = {};
  for (const [name, part] of Object.entries(value)) {
    if (name === 'minimum' && part === Number.MIN_SAFE_INTEGER) continue;
    if (name === 'maximum' && part === Number.MAX_SAFE_INTEGER) continue;
    if (name === 'pattern' && (value as Node)['format'] === 'date-time') continue;
    node[name] = name === 'responses' ? describeResponses(part as Node) : tidy(part);
  }
  return node;
}

const describeResponses = (responses: Node): Node =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const { content, ...rest } = tidy(response) as Node;
      const described = { ...rest, description: meanings[status] ?? status };
      return [status, status === '204' || content === undefined ? described : { ...described, content }];
    }),
  );
