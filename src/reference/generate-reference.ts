// Everything in docs/ and postman/ that is made from the descriptions of the calls.
import { openApiDocument } from './openapi/document.ts';
import { operations } from './openapi/operations.ts';
import { callPage } from './pages/call-page.ts';
import { contextPage, semanticEventsPage, sharedEventsPage } from './pages/event-pages.ts';
import { toCollection } from './postman/to-collection.ts';
import { toEnvironment } from './postman/to-environment.ts';

/** Text of each generated file by its path in the repository. The same every time. */
export function generateReference(): ReadonlyMap<string, string> {
  const document = openApiDocument();
  return new Map([
    ['docs/api/openapi.json', json(document)],
    ...operations.map((operation): [string, string] => [`docs/api/${operation.name}.md`, callPage(operation)]),
    ['docs/api/semantic-events.md', semanticEventsPage()],
    ['docs/api/shared-events.md', sharedEventsPage()],
    ['docs/api/context.md', contextPage()],
    ['postman/leat.postman_collection.json', json(toCollection(document))],
    ['postman/leat.postman_environment.json', json(toEnvironment('http://localhost:8080', ''))],
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
