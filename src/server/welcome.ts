// What a person reads when the server has started: where it is; at first also the first key and a call that works as it
// stands.
import { styleText } from 'node:util';
import type { RunningServer } from './start-server.ts';

/** Lines for the terminal; without colours when nobody watches. */
export function welcome(
  server: Pick<RunningServer, 'url' | 'firstKey' | 'firstRunLink' | 'warning' | 'dataDir'>,
  color: boolean,
): string {
  const { url, firstKey, firstRunLink, warning, dataDir } = server;
  const paint = (style: 'bold' | 'cyan' | 'dim' | 'red', text: string): string =>
    color ? styleText(style, text) : text;
  const lines = [
    '',
    `${paint('bold', 'Leat')} listens at ${paint('cyan', url)}`,
    '',
    ...(firstRunLink === null
      ? []
      : [`  set up          ${paint('cyan', firstRunLink)}  ${paint('dim', '(works once, for 24 hours)')}`]),
    `  console         ${paint('cyan', url)}`,
    `  API reference   ${paint('cyan', `${url}/docs`)}`,
    `  data folder     ${dataDir}`,
    ...(firstKey === null
      ? ['  keys            ./leat source list']
      : [
          `  first key       ${paint('bold', firstKey.key)}  ${paint('dim', `(source "${firstKey.source}")`)}`,
          '',
          '  Send a first call:',
          '',
          `  curl -u ${firstKey.key}: ${url}/v1/identify -d '{"userId":"u1","traits":{"email":"ann@example.com"}}'`,
          '',
          '  and see the person:  ./leat person u1',
        ]),
    ...(warning === null ? [] : ['', paint('red', `  Warning: ${warning}`)]),
    '',
    '',
  ];
  return lines.join('\n');
}
