// Events, requests and answers as commands print them.
import type { Output } from './output.ts';
import { printable } from './output.ts';

/** Type and name of an event, as people call it. */
export function titleOf(event: Readonly<Record<string, unknown>>): string {
  const parts = [event['type'], event['event'] ?? event['name'] ?? event['groupId'] ?? event['previousId']];
  return printable(parts.filter((part) => typeof part === 'string').join(' '));
}

/** Text of several lines, each made printable, set in. */
export const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${printable(line)}`)
    .join('\n');

export const printJson = (output: Output, value: unknown): void =>
  output.print(output.color.dim((JSON.stringify(value, null, 2) ?? '').split('\n').map(printable).join('\n')));

export interface ExchangeView {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response: { readonly status: number; readonly body: string } | null;
}

/** A request and its answer, set in. */
export function printExchange(output: Output, { request, response }: ExchangeView): void {
  const { dim } = output.color;
  output.print(indent(`${request.method} ${request.url}`));
  for (const [name, value] of Object.entries(request.headers)) output.print(dim(indent(`${name}: ${value}`)));
  if (request.body !== '') output.print(indent(request.body));
  if (response === null) return;
  output.print(indent(`→ ${response.status}`));
  if (response.body !== '') output.print(indent(response.body));
}

/** Something odd about a call that was taken all the same. */
export interface NoteView {
  readonly field?: string | null;
  readonly message?: string;
}

export function printNotes(output: Output, notes: readonly NoteView[]): void {
  for (const { field, message } of notes)
    output.print(output.color.yellow(indent(`${field ?? 'the call'}: ${message ?? ''}`)));
}
