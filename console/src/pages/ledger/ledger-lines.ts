// The ledger as the control API answers it, and the words for its outcomes.
import { useQuery } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';

export type Ledger = Answer<'/api/v1/ledger', 'get'>;
export type LedgerLine = Ledger['items'][number];
export type ActionLine = Answer<'/api/v1/ledger/actions', 'get'>['items'][number];

export const outcomes = ['delivered', 'filtered', 'discarded', 'failed', 'pending'] as const;
export type Outcome = (typeof outcomes)[number];

export const outcomeWords: Readonly<Record<Outcome, { readonly label: string; readonly meaning: string }>> = {
  delivered: { label: 'Delivered', meaning: 'The destination took them.' },
  filtered: { label: 'Filtered', meaning: 'No action wanted them, or the call kept them away.' },
  discarded: { label: 'Discarded', meaning: 'Given up for the reason that is counted with them.' },
  failed: { label: 'Dead letters', meaning: 'Refused, or tried to the end. They wait for somebody to look.' },
  pending: { label: 'Pending', meaning: 'Not come to yet, being sent, or waiting for another try.' },
};

const refreshMs = 10_000;

export const useLedger = (window: string, from: string | undefined) =>
  useQuery({
    queryKey: ['ledger', window],
    queryFn: ({ signal }) => apiGet<Ledger>('/api/v1/ledger', { from }, signal),
    refetchInterval: refreshMs,
  });

export const useActionLedger = (window: string, from: string | undefined) =>
  useQuery({
    queryKey: ['ledger actions', window],
    queryFn: ({ signal }) =>
      apiGet<{ readonly items: readonly ActionLine[] }>('/api/v1/ledger/actions', { from }, signal),
    refetchInterval: refreshMs,
  });

export const sumOf = (line: LedgerLine): number => outcomes.reduce((sum, outcome) => sum + line[outcome], 0);
