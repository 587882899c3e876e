// A page around its content: navigation, the field for the reader's key, the page's own headings.
import { pageAddress, sections } from './page-list.ts';
import { escapeHtml } from './personal.ts';
import type { RenderedPage } from './render-page.ts';

/** What a request adds to a page. */
export interface PageRequest {
  readonly key: string | null;
  /** Why the given key is not filled in. */
  readonly keyProblem: string | null;
}

export function layout(
  page: RenderedPage | null,
  titles: ReadonlyMap<string, string>,
  { key, keyProblem }: PageRequest,
): string {
  const title = page?.title ?? 'Not found';
  const withKey = (address: string): string => withKeyParameter(address, key);
  const navigation = sections
    .map(
      ({ title: name, files }) =>
        `<h2>${escapeHtml(name)}</h2>\n<ul>${files
          .map((file) => {
            const current = file === page?.file ? ' aria-current="page"' : '';
            return `<li><a href="${escapeHtml(withKey(pageAddress(file)))}"${current}>${escapeHtml(titles.get(file) ?? file)}</a></li>`;
          })
          .join('')}</ul>`,
    )
    .join('\n');
  const contents =
    page === null || page.headings.length < 2
      ? ''
      : `<aside><h2>On this page</h2><ul>${page.headings
          .map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
          .join('')}</ul></aside>`;
  const body = page?.html ?? '<h1>Not found</h1><p>There is no such page. The navigation lists all there are.</p>';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Leat</title>
<link rel="stylesheet" href="/docs/assets/style.css">
<script src="/docs/assets/copy.js" defer></script>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<a class="home" href="${escapeHtml(withKey('/docs'))}">Leat</a>
<a class="to-pages" href="#pages">Contents</a>
<form method="get">
<label for="key">Your public key</label>
<input id="key" name="key" value="${escapeHtml(key ?? '')}" placeholder="us_…" autocomplete="off" spellcheck="false">
<button>Fill in</button>
${keyProblem === null ? '' : `<p role="alert">${escapeHtml(keyProblem)}</p>`}
</form>
</header>
<main id="content">
${page === null || key === null ? body : linksWithKey(body, key)}
</main>
${contents}
<nav id="pages" aria-label="Pages">
${navigation}
<h2>More</h2>
<ul><li><a href="/docs/control">Control API</a></li></ul>
</nav>
</body>
</html>
`;
}

/** Keeps the reader's key from page to page. */
function withKeyParameter(address: string, key: string | null): string {
  if (key === null) return address;
  const [path = '', anchor] = address.split('#', 2);
  return `${path}?key=${encodeURIComponent(key)}${anchor === undefined ? '' : `#${anchor}`}`;
}

const linksWithKey = (html: string, key: string): string =>
  html.replaceAll(/href="(\/docs[^"]*)"/g, (_, address: string) => `href="${withKeyParameter(address, key)}"`);
