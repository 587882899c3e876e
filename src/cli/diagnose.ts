// The doctor's examination, in the order in which things depend on each other: what makes the rest pointless ends it.
import type { Clock } from '../lib/clock.ts';
import { CliError } from './cli-error.ts';
import type { ControlClient, Page } from './control-client.ts';
import type { DestinationView } from './find-destination.ts';
import { examineConfiguration } from './examine-configuration.ts';
import { examineDestinations } from './examine-destinations.ts';
import { examineEvents } from './examine-events.ts';
import { examineServer } from './examine-server.ts';
import { examineSources } from './examine-sources.ts';
import { fail, ok, warn } from './finding.ts';
import type { Finding } from './finding.ts';
import type { SourceView } from './source-command.ts';
import type { LedgerView, StatusView } from './status-command.ts';

/** Examines the server; findings come as they are made. */
export async function* diagnose(client: ControlClient, clock: Clock): AsyncGenerator<Finding> {
  const alive = await examineAlive(client, clock);
  yield* alive.findings;
  if (!alive.goOn) return;
  yield await examineReady(client);
  const access = await examineToken(client);
  yield access;
  if (access.state === 'fail') return;

  const [status, ledger, { items: sources }, { items: destinations }] = await Promise.all([
    client.get<StatusView>('status'),
    client.get<LedgerView>('ledger'),
    client.get<Page<SourceView>>('sources'),
    client.get<Page<DestinationView>>('destinations'),
  ]);
  yield* examineServer(status, ledger);
  if (access.state === 'ok') yield* await examineConfiguration(client, ledger, sources);
  yield* examineSources(client, clock, status, sources);
  yield* await examineEvents(client, sources);
  yield* examineDestinations(status, destinations);
}

/** More than this, and times that clients set are visibly off. */
const maxSkewMs = 5000;

async function examineAlive(client: ControlClient, clock: Clock): Promise<{ findings: Finding[]; goOn: boolean }> {
  let response: Response;
  try {
    response = await client.request('/healthz', { signal: AbortSignal.timeout(5000) });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const remedy =
      'Start it with `./leat start`. If it runs elsewhere, set LEAT_URL; in a container, publish its port.';
    return { findings: [fail('reachable', error.message, remedy)], goOn: false };
  }
  const isLeat = response.status === 200 && (await response.text()).includes('alive');
  if (!isLeat) {
    const remedy = 'Set LEAT_URL to Leat’s address. If a proxy stands before it, let the proxy pass every path on.';
    return {
      findings: [
        fail(
          'reachable',
          `Something answers ${response.status} at ${client.access.url}/healthz, but not as Leat does.`,
          remedy,
        ),
      ],
      goOn: false,
    };
  }
  const findings = [ok('reachable', `The server at ${client.access.url} answers.`)];
  const skew = clock.now() - Date.parse(response.headers.get('date') ?? '');
  if (Math.abs(skew) > maxSkewMs)
    findings.push(
      warn(
        'clock',
        `The clocks of this machine and the server are ${Math.round(Math.abs(skew) / 1000)} s apart.`,
        'Let both keep their time with NTP; event times that clients set are corrected only in part.',
      ),
    );
  return { findings, goOn: true };
}

async function examineReady(client: ControlClient): Promise<Finding> {
  const response = await client.request('/readyz', { signal: AbortSignal.timeout(5000) });
  const text = await response.text();
  if (response.status === 200) return ok('ready', 'It can store events durably.');
  const reason = /"reason":"([^"]+)"/.exec(text)?.[1] ?? `it answers ${response.status}`;
  return fail(
    'ready',
    `It cannot store events at the moment: ${reason}`,
    'Clients are answered 503 until this is mended. Look at the disk of LEAT_DATA_DIR and at the server’s log.',
  );
}

async function examineToken(client: ControlClient): Promise<Finding> {
  try {
    const { name, role } = await client.get<{ readonly name: string; readonly role: string }>('me');
    if (role === 'viewer')
      return warn(
        'token',
        `The token is that of ${name}, a viewer; it may look but not change.`,
        'Use the operator’s token to change things.',
      );
    return ok('token', `The token is that of ${name}, ${role}.`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return fail('token', error.message, error.hint ?? 'Set LEAT_ADMIN_TOKEN to the server’s token.');
  }
}
