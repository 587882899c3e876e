// What needs somebody's attention, worst first, each with the place where it is mended. Pure.
import { failedTest } from '../destinations/connection-tests.ts';
import { isSpelling } from '../sources/odd-events-query.ts';
import type { OddEvent } from '../sources/odd-events-query.ts';
import type { Source, Status, UnrecognisedKey } from './overview-queries.ts';

export interface Concern {
  readonly tone: 'bad' | 'warn';
  readonly text: string;
  /** Page that says more. */
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

export interface Known {
  readonly status: Status;
  readonly sources: readonly Source[];
  readonly unrecognised: readonly UnrecognisedKey[];
  readonly odd: readonly OddEvent[];
  /** Null while it is not known. */
  readonly balanced: boolean | null;
}

const scarceShare = 0.1;
const muchLag = 10_000;

export function concerns({ status, sources, unrecognised, odd, balanced }: Known): readonly Concern[] {
  const { log, disk, destinations, workspace } = status;
  const found: (Concern | false | null)[] = [
    log.unavailable !== null && bad(`No call can be stored: ${log.unavailable}`, '/settings'),
    balanced === false && bad('The ledger does not balance: events are unaccounted for.', '/ledger'),
    log.warning !== null && warn(log.warning, '/settings'),
    disk !== null &&
      disk.freeBytes < disk.totalBytes * scarceShare &&
      warn(`The disk is ${Math.floor(100 - (100 * disk.freeBytes) / disk.totalBytes)} % full.`, '/settings'),
    workspace.lag > muchLag && warn(`The workspace is ${count(workspace.lag)} events behind.`, '/ledger'),
    ...destinations.flatMap(({ id, name, enabled, breaker, breakerReason, deadLetters, lag, ...rest }) => [
      enabled &&
        breaker !== 'closed' &&
        bad(
          `${name} does not take events, which wait: ${breakerReason ?? 'it is tried again soon.'}`,
          `/destinations/${id}`,
        ),
      enabled &&
        breaker === 'closed' &&
        ofFailedTest(name, failedTest(rest.lastTest, rest.lastSuccessAt), `/destinations/${id}`),
      deadLetters > 0 &&
        bad(
          `${name} has ${count(deadLetters)} dead ${deadLetters === 1 ? 'letter' : 'letters'}.`,
          `/destinations/${id}`,
          {
            tab: 'dead-letters',
          },
        ),
      enabled &&
        breaker === 'closed' &&
        lag > muchLag &&
        warn(`${name} is ${count(lag)} events behind.`, `/destinations/${id}`),
    ]),
    ...sources
      .filter(
        ({ enabled, activity: { lastAcceptedAt, lastRejectedAt } }) =>
          enabled && isAfter(lastRejectedAt, lastAcceptedAt),
      )
      .map(({ id, name }) => warn(`The last call of ${name} was not taken.`, `/sources/${id}`)),
    unrecognised.length > 0 &&
      warn(inWords(unrecognised.reduce((sum, one) => sum + one.count, 0)), '/sources/unrecognised-keys'),
    oddities(
      odd.filter((one) => !isSpelling(one)),
      sources,
    ),
  ];
  const real = found.filter((one): one is Concern => one !== false && one !== null);
  return [...real.filter(({ tone }) => tone === 'bad'), ...real.filter(({ tone }) => tone === 'warn')];
}

const bad = (text: string, to: string, search?: Readonly<Record<string, string>>): Concern => ({
  tone: 'bad',
  text,
  to,
  ...(search && { search }),
});
const ofFailedTest = (name: string, test: { readonly message: string } | null, to: string): Concern | null =>
  test && bad(`The last connection test of ${name} failed: ${test.message}`, to);
const warn = (text: string, to: string): Concern => ({ tone: 'warn', text, to });
const isAfter = (a: string | null, b: string | null): boolean => a !== null && (b === null || a > b);
const inWords = (calls: number): string =>
  calls === 1
    ? '1 call came with a key that nothing here knows.'
    : `${count(calls)} calls came with keys that nothing here knows.`;
/** Of many the most frequent one is told. */
function oddities(odd: readonly OddEvent[], sources: readonly Source[]): Concern | null {
  const [first, ...others] = odd;
  if (!first) return null;
  const source = sources.find(({ id }) => id === first.sourceId)?.name ?? first.sourceId;
  const more =
    others.length === 0
      ? ''
      : ` There ${others.length === 1 ? 'is 1 more' : `are ${count(others.length)} more`} of the kind.`;
  return warn(
    `${source} sends ${first.name} otherwise than tools that know this event expect: ${first.field} ${first.message}.${more}`,
    '/sources/odd-events',
  );
}
const count = (value: number): string => value.toLocaleString('en');
