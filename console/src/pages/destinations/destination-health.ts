// How a destination is doing, in a word and a sentence.
import type { Tone } from '../../components/status-badge.tsx';
import { failedTest } from './connection-tests.ts';
import type { Destination } from './destination-queries.ts';

export interface AlsoKnown {
  /** How long events are held for a destination that is off. */
  readonly holdDays?: number | undefined;
}

export interface Health {
  readonly tone: Tone;
  readonly text: string;
  /** What it means and what to do; empty when there is nothing to do. */
  readonly hint: string;
}

export function healthOf(
  { enabled, actions, state, lastTest }: Pick<Destination, 'enabled' | 'actions' | 'state' | 'lastTest'>,
  { holdDays }: AlsoKnown = {},
): Health {
  if (!enabled)
    return {
      tone: 'idle',
      text: 'Off',
      hint: `It keeps its place in the log. When it is switched on it goes on from there, or skips what waits.${
        holdDays === undefined
          ? ''
          : ` What waits is held for ${daysInWords(holdDays)} from when it was switched off; after that retention may remove it.`
      }`,
    };
  if (!actions.some((action) => action.enabled))
    return {
      tone: 'warn',
      text: 'No action is on',
      hint: 'Nothing is sent until an action is on. Add one under Actions.',
    };
  if (state && state.breaker !== 'closed')
    return {
      tone: 'bad',
      text: state.breaker === 'open' ? 'Paused: it fails' : 'Trying again',
      hint: `${state.breakerReason ?? state.lastError ?? 'It does not take events.'} Nothing is lost meanwhile: events wait and are sent once it answers.`,
    };
  const failed = failedTest(lastTest, state?.lastSuccessAt ?? null);
  if (failed)
    return {
      tone: 'bad',
      text: 'Connection test failed',
      hint: `${failed.message} Look at its settings and test again.`,
    };
  if (state && state.deadLetters > 0)
    return {
      tone: 'warn',
      text: `${formatCount(state.deadLetters)} dead ${state.deadLetters === 1 ? 'letter' : 'letters'}`,
      hint: 'Some events were refused for good. Look at them under Dead letters, mend and send them again.',
    };
  if (state && (state.parked > 0 || (state.lastSuccessAt === null && state.lastError !== null)))
    return {
      tone: 'warn',
      text: 'Failing, tried again',
      hint: `${state.lastError ?? 'Some events were not taken.'} Nothing is lost meanwhile: what failed is tried again.`,
    };
  return { tone: 'good', text: state?.lastSuccessAt ? 'Delivering' : 'Ready', hint: '' };
}

export const eventsInWords = (events: number): string => `${formatCount(events)} ${events === 1 ? 'event' : 'events'}`;

const daysInWords = (days: number): string => `${formatCount(days)} ${days === 1 ? 'day' : 'days'}`;

export const formatCount = (count: number): string => count.toLocaleString('en');
