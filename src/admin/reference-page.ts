// The reference of the control API at /docs/control: the OpenAPI document as one page of HTML, rendered here, so it needs
// no script and no asset from anywhere; the strictest content security policy holds.
import { apiTags } from './openapi.ts';
import type { AdminApp } from './admin-app.ts';
import { renderOperation } from './reference-operation.ts';
import type { OpenApiDocument, Operation } from './reference-operation.ts';
import { escapeHtml, inlineMarkdown } from './reference-html.ts';
import { referenceStyle } from './reference-style.ts';
import { tidyOpenApi } from './tidy-openapi.ts';

const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Adds /api/openapi.json, /docs/control and its style sheet, all public: they hold nothing of this server's data. */
export function registerReferencePage(app: AdminApp): void {
  const hidden = { config: { role: 'public' as const }, schema: { hide: true } };
  // Routes do not change once the app is ready, so each is made once.
  let page: string | undefined;
  let json: string | undefined;
  const document = (): OpenApiDocument => tidyOpenApi(app.swagger()) as OpenApiDocument;

  app.get('/api/openapi.json', hidden, async (_, reply) => {
    json ??= JSON.stringify(document());
    return reply.type('application/json; charset=utf-8').send(json);
  });
  for (const path of ['/docs/control', '/docs/control/'])
    app.get(path, hidden, async (_, reply) => {
      page ??= renderPage(document());
      return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page);
    });
  app.get('/docs/control/reference.css', hidden, async (_, reply) =>
    reply.type('text/css; charset=utf-8').send(referenceStyle),
  );
}

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

function renderPage(document: OpenApiDocument): string {
  const entries: Entry[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const groups = apiTags.map((tag) => ({
    ...tag,
    entries: entries.filter(({ operation }) => operation.tags?.[0] === tag.name),
  }));
  const menu = groups
    .map(
      ({ name, entries: own }) =>
        `<h2>${escapeHtml(name)}</h2><ul>${own
          .map(
            ({ operation, method }) =>
              `<li><a href="#${escapeHtml(operation.operationId)}"><span class="method ${method}">${method}</span> ${escapeHtml(operation.summary ?? '')}</a></li>`,
          )
          .join('')}</ul>`,
    )
    .join('');
  const body = groups
    .map(
      ({ name, description, entries: own }) =>
        `<section><h2>${escapeHtml(name)}</h2><p>${inlineMarkdown(description)}</p>${own
          .map(({ method, path, operation }) => renderOperation(document, method, path, operation))
          .join('')}</section>`,
    )
    .join('');
  const { title, version, description } = document.info;
  const intro = description
    .split('\n\n')
    .map((paragraph) => `<p>${inlineMarkdown(paragraph)}</p>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/docs/control/reference.css">
</head>
<body>
<nav aria-label="Operations"><a class="home" href="#top">${escapeHtml(title)}</a>${menu}</nav>
<main id="top">
<h1>${escapeHtml(title)} <small>${escapeHtml(version)}</small></h1>
${intro}
<p>As a document for tools: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).</p>
${body}
</main>
</body>
</html>
`;
}
