// What a browser sees while there is no console: that it is being built, or why it is not and how to mend that.
// scripts/build-console.mjs writes the state that is read here.
import path from 'node:path';
import { textOrNull } from './built-console.ts';

const command = 'node_modules/.bin/node scripts/build-console.mjs';

/** A page that looks again by itself. */
export async function waitingPage(stateFile: string): Promise<string> {
  const text = await textOrNull(stateFile);
  const state = parseState(text);
  if (state.state === 'building' && isAlive(state.pid))
    return page('The console is being built', 2, [
      'This takes a minute on the first start, and this page opens the console as soon as it is there.',
      'Leat is taking calls already.',
    ]);
  if (state.state === 'failed')
    return page('The console could not be built', 10, [
      state.message,
      `What was printed is in ${path.join(path.dirname(stateFile), 'console-build.log')}. A first build downloads packages: see that this machine reaches the npm registry, then run ${command} in Leat’s folder, or start Leat again.`,
      'Leat itself is working: calls are taken and delivered, and ./leat and the control API do all that the console does.',
    ]);
  return page('The console is not built', 2, [
    `npm start and ./leat start build it. By hand: run ${command} in Leat’s folder. This page opens it when it is there.`,
  ]);
}

interface BuildState {
  readonly state: 'building' | 'failed' | 'none';
  readonly pid: number;
  readonly message: string;
}

function parseState(text: string | null): BuildState {
  const none: BuildState = { state: 'none', pid: 0, message: '' };
  if (text === null) return none;
  try {
    return { ...none, ...(JSON.parse(text) as Partial<BuildState>) };
  } catch {
    // Being written at this moment; the next look reads it.
    return none;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const page = (title: string, againSeconds: number, paragraphs: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="${againSeconds}">
<title>${escape(title)} · Leat</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;overflow-wrap:anywhere}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${paragraphs.map((text) => `<p>${escape(text)}</p>`).join('\n')}
</body>
</html>
`;
