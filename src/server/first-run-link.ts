// The link that the start lines show while nobody can sign in.
import { linkTo, makeLinkToken } from '../admin/user-answer.ts';
import type { AccountStore } from '../control/account-store.ts';
import type { Clock } from '../lib/clock.ts';

/** A new one-time link to make the owner with; null when somebody has a password. The one of an earlier start ends. */
export async function firstRunLink(
  accounts: Pick<AccountStore, 'setUpNeeded' | 'createLink'>,
  origin: string,
  clock: Clock,
): Promise<string | null> {
  if (!(await accounts.setUpNeeded())) return null;
  const { token } = await makeLinkToken(accounts, null, clock.now(), { name: 'leat' });
  return linkTo(origin.replace(/\/+$/, ''), token);
}
