// An example as it stands on a page: a command to paste, and sentences saying what the server shows afterwards.
//
// People and tests read the same text. A block marked `sh` is run; "The answer is" and "Then `GET …`" sentences after it
// are checked. test/reference/documented-steps.ts reads them and lists their forms.
import type { JsonObject } from '../../lib/json.ts';
import type { Effect, Example } from '../openapi/operation.ts';
import { printJson } from './print-json.ts';

interface Request {
  readonly path: string;
  readonly body: JsonObject;
}

/** A curl line for a call, with the variables $HOST and $KEY. */
export const toCurl = ({ path, body }: Request): string => `curl -u "$KEY:" "$HOST${path}" -d '${printJson(body)}'`;

export const codeBlock = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

export function toEffectText(effect: Effect): string {
  const subject = `Then \`GET /api/v1/${effect.get}\``;
  if ('status' in effect) return `${subject} answers ${effect.status}.`;
  if ('lacks' in effect) return `${subject} has no \`${effect.lacks}\`.`;
  if ('exactly' in effect) return `${subject} has exactly:\n\n${codeBlock('json', printJson(effect.exactly))}`;
  return `${subject} has:\n\n${codeBlock('json', printJson(effect.has))}`;
}

/** The example without a heading. `first` is a call that has to come before it. */
export function toExampleText(
  path: string,
  example: Pick<Example, 'text' | 'body' | 'effects'>,
  first?: Pick<Example, 'body' | 'effects'> & { readonly path: string },
): string {
  const before = first === undefined ? [] : [toExampleText(first.path, first), 'Now the call itself:'];
  const own = codeBlock('sh', toCurl({ path, body: example.body }));
  return [example.text, ...before, own, ...example.effects.map(toEffectText)]
    .filter((part) => part !== undefined)
    .join('\n\n');
}
