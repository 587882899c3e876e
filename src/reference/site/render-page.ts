// Markdown to HTML: headings with anchors, tables that scroll on narrow screens, code that can be copied, links between
// pages turned into addresses. What the pages hold is ours, so nothing in them is untrusted.
import path from 'node:path';
import { Marked } from 'marked';
import type { Tokens } from 'marked';
import { downloads, pageAddress } from './page-list.ts';
import { escapeHtml, toMarks } from './personal.ts';

export interface RenderedPage {
  /** Below the docs folder, without `.md`. */
  readonly file: string;
  readonly title: string;
  readonly html: string;
  readonly headings: readonly { readonly id: string; readonly text: string }[];
}

/** @throws Error naming the page and the link that leads nowhere. */
export function renderPage(file: string, markdown: string, files: ReadonlySet<string>): RenderedPage {
  const headings: { id: string; text: string }[] = [];
  let title = '';
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const html = this.parser.parseInline(tokens);
        const text = plainText(html);
        const id = anchorOf(text);
        if (depth === 1) title = text;
        if (depth === 2) headings.push({ id, text });
        return depth === 1
          ? `<h1>${html}</h1>\n`
          : `<h${depth} id="${id}"><a class="anchor" href="#${id}">${html}</a></h${depth}>\n`;
      },
      code({ text, lang }: Tokens.Code) {
        const language = lang ?? '';
        const code = escapeHtml(toMarks(text, true));
        return `<pre class="code" data-language="${escapeHtml(language)}"><code>${code}\n</code></pre>\n`;
      },
      codespan({ text }: Tokens.Codespan) {
        // Long paths of fields break at their joints, so that tables stay narrow.
        const code = escapeHtml(toMarks(text, false));
        return `<code>${code.length > 24 ? code.replaceAll(/(?<=\w[._/])(?=\w)/g, '<wbr>') : code}</code>`;
      },
      table(token: Tokens.Table) {
        const row = (cells: readonly Tokens.TableCell[], tag: string): string =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        const body = token.rows.map((cells) => row(cells, 'td')).join('\n');
        return `<div class="table"><table><thead>${row(token.header, 'th')}</thead><tbody>${body}</tbody></table></div>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        return `<a href="${escapeHtml(addressOf(href, file, files))}">${this.parser.parseInline(tokens)}</a>`;
      },
      // Comments are for editors of the file.
      html: () => '',
    },
  });
  const html = marked.parse(markdown, { async: false });
  return { file, title, html, headings };
}

/** The anchor that GitHub gives a heading of this text. */
const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function addressOf(href: string, from: string, files: ReadonlySet<string>): string {
  if (/^(?:https?:|#|\/)/.test(href)) return href;
  const [target = '', anchor] = href.split('#', 2);
  const resolved = path.posix.join(path.posix.dirname(from), target);
  const file = resolved.replace(/\.md$/, '');
  const address = files.has(file) ? pageAddress(file) : downloads[resolved];
  if (address === undefined) throw new Error(`The page ${from} links to ${href}, which is no page.`);
  return anchor === undefined ? address : `${address}#${anchor}`;
}

const plainText = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
