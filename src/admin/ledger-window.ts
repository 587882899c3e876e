// The stretch of time that a question about the ledger is about.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';

const minuteMs = 60_000;
/** A minute beyond every event's. */
export const endOfTime = 2 ** 40;
/** A step over all time: every minute falls into step 0, and it is of whole hours, which the stores keep added up. */
export const allTimeStep = 60 * endOfTime;
/** Most minutes of one answer by minute: a day. */
const maxMinutes = 24 * 60;

/** As query parameters. */
export const ledgerWindow = {
  from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received at or after; cut to the minute.' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received before; cut to the minute.' }),
  by: z.enum(['total', 'minute']).default('total'),
};

/** Minutes `[from, to)`; null for everything. By minute the last hour is the default. */
export function parseWindow(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  by: 'total' | 'minute',
  now: number,
): { readonly from: number; readonly to: number } | null {
  if (query.from === undefined && query.to === undefined && by === 'total') return null;
  const to = query.to === undefined ? Math.floor(now / minuteMs) + 1 : Math.floor(Date.parse(query.to) / minuteMs);
  const from =
    query.from === undefined ? (by === 'minute' ? to - 60 : 0) : Math.floor(Date.parse(query.from) / minuteMs);
  if (from >= to)
    throw new InputError(
      'invalid_request',
      'The window is empty: `from` is not before `to`, cut to the minute.',
      'from',
    );
  if (by === 'minute' && to - from > maxMinutes)
    throw new InputError(
      'invalid_request',
      `By minute a window has at most ${maxMinutes} minutes; this one has ${to - from}.`,
      'from',
    );
  return { from, to };
}
