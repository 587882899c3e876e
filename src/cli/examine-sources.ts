// The doctor's look at sources: do calls arrive, are they taken, and does a browser or phone find its way here.
import type { Clock } from '../lib/clock.ts';
import type { ControlClient, Page } from './control-client.ts';
import { fail, note, ok, warn } from './finding.ts';
import type { Finding } from './finding.ts';
import { ago, things } from './output.ts';
import type { KeyView, SourceTestView, SourceView } from './source-command.ts';
import type { StatusView } from './status-command.ts';

/** Kinds whose clients fetch a settings document and go where it says. */
const settingsKinds = new Set(['javascript', 'ios', 'android', 'reactnative', 'expo', 'flutter']);
/** Kinds whose clients speak https only (client contract, sections 6 and 7.3). */
const httpsKinds = new Set(['ios', 'android', 'reactnative', 'expo', 'flutter', 'ruby']);

/** Calls that belong to no source are told of once, not at each silent source that they might have been meant for. */
const strangers = new Set(['unknown_key_seen', 'key_of_other_region']);

export async function* examineSources(
  client: ControlClient,
  clock: Clock,
  status: StatusView,
  sources: readonly SourceView[],
): AsyncGenerator<Finding> {
  if (sources.length === 0) {
    yield warn('sources', 'There is no source, so nothing can be sent here.', 'Add one: leat source add "My app"');
    return;
  }
  const shared = new SharedFindings();
  for (const source of sources) {
    const test = await client.get<SourceTestView>(`sources/${encodeURIComponent(source.id)}/test`);
    yield* examineCalls(source, test, clock, shared);
    yield* examineKeys(source, status);
    const key = source.keys.find((one) => one.revokedAt === null && one.class === 'public');
    if (source.enabled && key && settingsKinds.has(source.kind))
      yield* await examineSettings(client, source, key, shared);
    if (httpsKinds.has(source.kind) && client.access.url.startsWith('http:'))
      shared.add('tls', source.name, (names) =>
        warn(
          'tls',
          `Clients of ${names} speak https only, and ${client.access.url} is http.`,
          'Set LEAT_TLS_CERT and LEAT_TLS_KEY, or put a proxy with TLS before Leat and set LEAT_PUBLIC_URL.',
        ),
      );
  }
  yield* shared.findings();
  yield* await examineUnknownKeys(client, clock);
}

function* examineCalls(
  source: SourceView,
  test: SourceTestView,
  clock: Clock,
  shared: SharedFindings,
): Generator<Finding> {
  if (test.ok)
    yield ok('sources', `${source.name} receives calls; the last was taken ${ago(test.lastAcceptedAt, clock.now())}.`);
  if (test.problems.some(({ code }) => strangers.has(code)))
    shared.add('nothing seen', source.name, (names) =>
      note('sources', `No call has arrived yet for ${names}.`, 'The calls below that belong to no source may be its.'),
    );
  for (const { code, message, remedy } of test.problems) {
    const text = `${source.name}: ${message}`;
    if (strangers.has(code)) continue;
    // Nothing sent yet is how every source begins.
    if (code === 'nothing_seen')
      shared.add('nothing seen', source.name, (names, several) =>
        several
          ? note('sources', `No call has arrived yet for ${names}.`, 'What each needs: leat source test <source>')
          : note('sources', text, remedy),
      );
    else if (code === 'source_disabled') yield note('sources', text, remedy);
    else yield warn('sources', text, remedy);
  }
}

function* examineKeys(source: SourceView, { region }: StatusView): Generator<Finding> {
  for (const key of source.keys) {
    if (key.revokedAt !== null || key.region === null || key.region === region) continue;
    yield warn(
      'keys',
      `${source.name} has a key made for the region ${key.region}, and this server is ${region}.`,
      'Browsers with it are sent to the host of its region. Set LEAT_REGION to that region, or make a new key.',
    );
  }
}

/** Reads the settings document as the source's client does, and looks where it would send the client. */
async function examineSettings(
  client: ControlClient,
  source: SourceView,
  key: KeyView,
  shared: SharedFindings,
): Promise<Finding[]> {
  const response = await client.request(`/v1/projects/${encodeURIComponent(key.key)}/settings`, {
    signal: AbortSignal.timeout(5000),
  });
  const text = await response.text();
  const remedyHost =
    'Set LEAT_PUBLIC_URL to the address under which browsers reach this server (or LEAT_REGION_HOSTS).';
  if (response.status !== 200)
    return [
      fail(
        'settings',
        `The settings document of ${source.name} answers ${response.status}; browsers and phones drop every call without it.`,
        'If a proxy stands before Leat, let it pass /v1/projects/… on.',
      ),
    ];
  const apiHost = /"apiHost":"([^"]+)"/.exec(text)?.[1] ?? null;
  if (apiHost === null)
    return [
      fail(
        'settings',
        `The settings document of ${source.name} names no host, so its clients send to the vendor.`,
        remedyHost,
      ),
    ];
  const expected = `${client.access.url.replace(/^https?:\/\//, '')}/v1`;
  if (apiHost !== expected)
    shared.add(`elsewhere ${apiHost}`, source.name, (names) =>
      note(
        'settings',
        `Clients of ${names} are told to send to ${apiHost}; this command talks to ${expected}.`,
        `Fine if ${apiHost} leads here from their side. ${remedyHost}`,
      ),
    );
  else
    shared.add('here', source.name, (names) => ok('settings', `Clients of ${names} are told to send to ${apiHost}.`));
  return [];
}

type Tell = (names: string, several: boolean) => Finding;

/** Findings that are the same of several sources, made once with all their names. */
class SharedFindings {
  readonly #found = new Map<string, { readonly names: string[]; readonly tell: Tell }>();

  add(key: string, name: string, tell: Tell): void {
    const found = this.#found.get(key);
    if (found) found.names.push(name);
    else this.#found.set(key, { names: [name], tell });
  }

  *findings(): Generator<Finding> {
    for (const { names, tell } of this.#found.values()) yield tell(inWords(names), names.length > 1);
  }
}

/** Names as a sentence lists them. */
const inWords = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

interface UnknownKeyView {
  readonly reason: string;
  readonly keyPrefix: string;
  readonly ip: string;
  readonly client: string;
  readonly count: number;
  readonly lastAt: string;
  readonly message: string;
}

const dayMs = 24 * 60 * 60 * 1000;

async function examineUnknownKeys(client: ControlClient, clock: Clock): Promise<Finding[]> {
  const { items } = await client.get<Page<UnknownKeyView>>('unrecognised-keys?limit=20');
  const recent = items.filter(({ lastAt }) => clock.now() - Date.parse(lastAt) < dayMs);
  return recent.slice(0, 5).map((seen) => {
    const what = seen.keyPrefix === '' ? 'without a key' : `with the unknown key ${seen.keyPrefix}`;
    return warn(
      'unrecognised keys',
      `${things(seen.count, 'call')} ${what} from ${seen.ip} (${seen.client || 'unnamed client'}), the last ${ago(seen.lastAt, clock.now())}.`,
      `${seen.message}${remediesByReason[seen.reason] ?? ''}`,
    );
  });
}

/** What to do beyond what the refusal itself says. */
const remediesByReason: Readonly<Record<string, string>> = {
  missing_key: ' If this is a client of yours, give it a key: leat source list shows them.',
  unknown_key:
    ' If this is a client of yours, copy a source’s key into it, or bring its key along: leat source keys <source> --bring <key>',
};
