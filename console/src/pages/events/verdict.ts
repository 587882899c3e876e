// One destination's verdict on an event in words: what became of it, and why.
import type { ExplainedDestination, Route } from './explanation.ts';
import type { StepVerdict } from './story-step.tsx';

interface Verdict extends StepVerdict {
  readonly sentence: string;
}

const filterReasons: Readonly<Record<string, string>> = {
  disabled: 'The destination was switched off.',
  source_not_connected: 'The source is not connected to this destination.',
  integrations: 'The call itself kept it away, by its “integrations”.',
  no_action_matches: 'No action that is on has a trigger that matches it.',
};

export const whyFiltered = (route: Route): string =>
  `${filterReasons[route.reason ?? ''] ?? 'No action wanted it.'}${
    route.integrationsEntry === undefined ? '' : ` The entry that decided is “${route.integrationsEntry}”.`
  }`;

export function verdictOf({ standing, route, attempts }: ExplainedDestination): Verdict {
  switch (standing) {
    case 'before start':
      return { tone: 'idle', label: 'Before its start', sentence: 'The destination began after this event.' };
    case 'not reached':
      return { tone: 'idle', label: 'Waiting', sentence: 'The destination has not come to this event yet.' };
    case 'in flight':
      return { tone: 'warn', label: 'Being sent', sentence: 'It is being sent, or waits for its next try.' };
    case 'parked':
      return {
        tone: 'warn',
        label: 'Waiting for its turn',
        sentence: 'It failed, or waits behind an earlier event of the same person that did. It is tried again.',
      };
    case 'dead letter':
      return {
        tone: 'bad',
        label: 'Dead letter',
        sentence: 'It was given up after its tries. Inspect, edit, retry or discard it among the dead letters.',
      };
    case 'discarded':
      return { tone: 'bad', label: 'Discarded', sentence: 'It was discarded: given up here, or gone by retention.' };
    case 'skipped':
      return {
        tone: 'bad',
        label: 'Skipped',
        sentence: 'It waited when somebody had the destination skip its backlog.',
      };
    case 'done':
      return route.matched
        ? { tone: 'good', label: 'Delivered', sentence: delivered(attempts.length) }
        : { tone: 'idle', label: 'Filtered', sentence: whyFiltered(route) };
    default:
      return standing satisfies never;
  }
}

const delivered = (tries: number): string =>
  tries === 0
    ? 'The destination took it.'
    : `The destination took it; ${tries} ${tries === 1 ? 'try is' : 'tries are'} on record.`;
