// Sends items together and, when the whole is refused for good, in ever smaller parts, until the offenders are alone.
// For receivers that may take all of a request or nothing.
import { SendFailure } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/**
 * `send` answers one outcome for all of a part, which is all or nothing then, or one for each item. A part that is to be
 * tried again is left at that. Once there is no answer at all, or the destination as a whole has to wait, nothing more is
 * sent and the rest gets that outcome. Never rejects with a {@link SendFailure}, because by then another part may have
 * been delivered.
 */
export async function sendHalving<Item>(
  items: readonly Item[],
  send: (part: readonly Item[]) => Promise<Outcome | readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  let stopped: Outcome | null = null;

  const attempt = async (part: readonly Item[]): Promise<readonly Outcome[]> => {
    if (stopped) return fill(part, stopped);
    const answer = await trySend(part);
    if (!isWhole(answer)) return answer;
    if (answer.result === 'retry' && (answer.scope === 'destination' || answer.status === undefined)) stopped = answer;
    if (answer.result !== 'failed' || part.length < 2) return fill(part, answer);
    const middle = Math.ceil(part.length / 2);
    return [...(await attempt(part.slice(0, middle))), ...(await attempt(part.slice(middle)))];
  };

  const trySend = async (part: readonly Item[]): Promise<Outcome | readonly Outcome[]> => {
    try {
      return await send(part);
    } catch (error) {
      if (error instanceof SendFailure) return error.outcome;
      throw error;
    }
  };

  return attempt(items);
}

const isWhole = (answer: Outcome | readonly Outcome[]): answer is Outcome => !Array.isArray(answer);
const fill = (part: readonly unknown[], outcome: Outcome): readonly Outcome[] => part.map(() => outcome);
