// Fills a reader's own host and key into a page that was rendered once for everybody.
//
// Rendering leaves marks where a value belongs (`toMarks`); each request replaces them (`fillMarks`). In code blocks the
// examples' host and key are marked, elsewhere only the hosts of the regions, so that a row of a table that says
// "Development: http://localhost:8080" stays.

export interface Personal {
  /** Where the reader's server is reached, such as `https://cdp.example.com`. */
  readonly origin: string;
  readonly key: string | null;
  /** Hosts of the regions where they are known. */
  readonly regionHosts: Readonly<Partial<Record<'us' | 'eu', string>>>;
}

/** A character of the private use area: no page has it. */
const mark = (name: string): string => `\u{e000}${name}\u{e000}`;

/** The key as it stands in the examples of clients. */
const exampleKey = 'YOUR_KEY';
const exampleOrigin = 'http://localhost:8080';
const exampleHosts = { us: 'cdp.example.com', eu: 'cdp-eu.example.com' } as const;

export function toMarks(text: string, inCodeBlock: boolean): string {
  const marked = text.replaceAll(exampleHosts.us, mark('us')).replaceAll(exampleHosts.eu, mark('eu'));
  if (!inCodeBlock) return marked;
  return marked
    .replaceAll('$HOST', mark('origin'))
    .replaceAll(exampleOrigin, mark('origin'))
    .replaceAll('$ADDRESS', mark('address'))
    .replaceAll('$KEY', mark('shellKey'))
    .replaceAll(exampleKey, mark('key'));
}

export function fillMarks(html: string, { origin, key, regionHosts }: Personal): string {
  const values: Readonly<Record<string, string>> = {
    origin,
    address: origin.replace(/^https?:\/\//, ''),
    key: key ?? exampleKey,
    shellKey: key ?? '$KEY',
    us: regionHosts.us ?? exampleHosts.us,
    eu: regionHosts.eu ?? exampleHosts.eu,
  };
  return html.replaceAll(/\u{e000}(\w+)\u{e000}/gu, (_, name: string) => escapeHtml(values[name] ?? ''));
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
