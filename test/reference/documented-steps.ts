// Reads the steps that a page of the documentation promises to work, in their order. The forms:
//
//   ```sh … ```                                   every line beginning with `curl` is sent
//   ```js … ```                                   run by Node as a program of its own
//   ```html … ```                                 part of a web page; blocks that follow each other make one
//   ```ts … ```                                   a script of a web page that uses a package's browser build
//   The answer is 400: + ```json … ```            what the last call answered (its members, among others)
//   Then `GET /api/v1/…` has: + ```json … ```     what the control API shows (members and items, among others)
//   Then `GET /api/v1/…` has exactly: + ```json   the same, and lists have no other items
//   Then `GET /api/v1/…` has no `a.b`.            the member is not there
//   Then `GET /api/v1/…` answers 404.
//
// Blocks of other languages are not run, nor is one whose first line is a comment that begins with "not run".
export type Step =
  | {
      readonly kind: 'run';
      readonly language: 'sh' | 'js' | 'html' | 'ts';
      readonly code: string;
      readonly line: number;
    }
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown; readonly line: number }
  | { readonly kind: 'then'; readonly path: string; readonly check: Check; readonly line: number };

export type Check =
  { readonly has: unknown; readonly exactly: boolean } | { readonly lacks: string } | { readonly status: number };

const fence = /^```(\w*)\s*$/;
const answer = /^The answer is (\d{3})(?:\.|:)$/;
const then = /^Then `GET (\/[^`]+)` (?:has( exactly)?:|has no `([^`]+)`\.|answers (\d{3})\.)$/;

/** The steps of a Markdown text. Throws when a sentence needs a block that does not follow. */
export function documentedSteps(markdown: string): readonly Step[] {
  const lines = markdown.split('\n');
  const steps: Step[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const opened = fence.exec(line);
    if (opened) {
      const block = readBlock(lines, at);
      addRun(steps, opened[1] ?? '', block.text, at + 1);
      at = block.end;
      continue;
    }
    const answered = answer.exec(line);
    if (answered)
      steps.push({
        kind: 'answer',
        status: Number(answered[1]),
        body: line.endsWith(':') ? jsonAfter(lines, at) : undefined,
        line: at + 1,
      });
    const shown = then.exec(line);
    if (shown) {
      const [, path = '', exactly, lacks, status] = shown;
      const check: Check =
        lacks !== undefined
          ? { lacks }
          : status !== undefined
            ? { status: Number(status) }
            : { has: jsonAfter(lines, at), exactly: exactly !== undefined };
      steps.push({ kind: 'then', path, check, line: at + 1 });
    } else if (line.startsWith('Then `') || (line.startsWith('The answer is') && !answered))
      throw new Error(`Line ${at + 1} looks like a promise and is none: ${line}`);
  }
  return steps;
}

function addRun(steps: Step[], language: string, code: string, line: number): void {
  if (language !== 'sh' && language !== 'js' && language !== 'html' && language !== 'ts') return;
  if (/^(?:#|\/\/) not run/i.test(code) || (language === 'sh' && !/^curl /m.test(code))) return;
  const before = steps.at(-1);
  if (language === 'html' && before?.kind === 'run' && before.language === 'html')
    steps.splice(-1, 1, { ...before, code: `${before.code}\n${code}` });
  else steps.push({ kind: 'run', language, code, line });
}

function readBlock(lines: readonly string[], start: number): { readonly text: string; readonly end: number } {
  let end = start + 1;
  while (end < lines.length && lines[end] !== '```') end++;
  return { text: lines.slice(start + 1, end).join('\n'), end };
}

function jsonAfter(lines: readonly string[], at: number): unknown {
  const start = lines.findIndex((line, index) => index > at && line !== '');
  if (lines[start] !== '```json') throw new Error(`A json block should follow line ${at + 1}: ${lines[at]}`);
  return JSON.parse(readBlock(lines, start).text);
}

/** One curl line, taken apart. */
export interface CurlCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Takes the curl lines of a shell text apart, with `$NAME` replaced from `variables`. */
export function curlCalls(code: string, variables: Readonly<Record<string, string>>): readonly CurlCall[] {
  const commands = shellCommands(code, variables).filter(([name]) => name === 'curl');
  return commands.map(([, ...words]) => toCall(words));
}

function toCall(words: readonly string[]): CurlCall {
  let method: string | undefined;
  let url = '';
  let body: string | undefined;
  const headers: Record<string, string> = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const value = (): string => words[++at] ?? '';
    if (word === '-u') headers['authorization'] = `Basic ${Buffer.from(value()).toString('base64')}`;
    else if (word === '-H') {
      const [name = '', ...rest] = value().split(':');
      headers[name.toLowerCase()] = rest.join(':').trim();
    } else if (word === '-d') body = value();
    else if (word === '-X') method = value();
    else if (word === '-s' || word === '-i' || word === '-f') continue;
    else if (word.startsWith('-')) throw new Error(`The examples’ runner does not know curl’s ${word}.`);
    else url = word;
  }
  // What curl itself sends with -d.
  if (body !== undefined) headers['content-type'] ??= 'application/x-www-form-urlencoded';
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body };
}

/** Words of each command, read as sh reads them: quotes, line ends escaped by a backslash, variables. */
function shellCommands(code: string, variables: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | null = null;
  const expand = (text: string): string =>
    text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare ?? '';
      const value = variables[name];
      if (value === undefined) throw new Error(`The examples’ runner does not know $${name}.`);
      return value;
    });
  const endWord = (): void => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  const pattern = /'([^']*)'|"([^"]*)"|\\\n|(#[^\n]*)|(\n|;)|(\s+)|([^\s'"\\;]+)/y;
  while (pattern.lastIndex < code.length) {
    const match = pattern.exec(code);
    if (!match) throw new Error('The examples’ runner cannot read this shell text.');
    const [, single, double, comment, newline, blank, bare] = match;
    if (comment !== undefined) continue;
    if (newline !== undefined) endCommand();
    else if (blank !== undefined) endWord();
    else if (single !== undefined) word = (word ?? '') + single;
    else if (double !== undefined) word = (word ?? '') + expand(double);
    else if (bare !== undefined) word = (word ?? '') + expand(bare);
  }
  endCommand();
  return commands;
}
