// Who calls the control API, and what they may do: a bearer token or a session's cookie names a caller with a role.
import type { AccountStore } from '../control/account-store.ts';
import type { Actor, ControlStore } from '../control/control-store.ts';
import { equalSecrets, sha256Hex } from '../control/keys.ts';
import type { Role } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { csrfHeader, requireCsrf, sessionToken } from './session-cookie.ts';

export interface Caller {
  /** For the audit log: a token's name or a user's email. */
  readonly name: string;
  readonly role: Role;
  /** Set when a signed-in user calls. */
  readonly session: { readonly id: string; readonly userId: string } | null;
}

/** What of a request says who calls. */
interface Credentials {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>> & {
    readonly authorization?: string | undefined;
    readonly cookie?: string | undefined;
  };
  /** Address of the client. */
  readonly address: string;
}

/** What each role may do beyond the one below it. */
export const roleMeaning: Readonly<Record<Role, string>> = {
  viewer: 'reads everything but secrets, tokens, users and the audit log',
  editor: 'also changes sources, destinations and people, and may see secret keys again',
  owner: 'also manages users and tokens',
};
const rank: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, owner: 2 };

/** Answers who a request stands for. An Authorization header counts before a cookie. */
export class Authenticator {
  readonly #adminToken: string;
  readonly #control: Pick<ControlStore, 'findToken'>;
  readonly #accounts: Pick<AccountStore, 'findSession'>;
  readonly #clock: Clock;

  constructor(
    adminToken: string,
    control: Pick<ControlStore, 'findToken'>,
    accounts: Pick<AccountStore, 'findSession'>,
    clock: Clock,
  ) {
    this.#adminToken = adminToken;
    this.#control = control;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /**
   * @throws InputError `unauthorized` saying what is missing, never the token; `forbidden` when a change made with the
   * cookie lacks its CSRF token.
   */
  async authenticate(request: Credentials): Promise<Caller> {
    const { authorization, cookie } = request.headers;
    const session = authorization === undefined ? sessionToken(cookie) : null;
    return session === null ? this.#byToken(authorization) : this.#bySession(session, request);
  }

  async #byToken(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new InputError(
        'unauthorized',
        'Sign in, or send the header Authorization: Bearer <token>. The token is LEAT_ADMIN_TOKEN, or stands in the file admin-token of the data folder.',
      );
    if (equalSecrets(token, this.#adminToken)) return { name: 'admin', role: 'owner', session: null };
    // Looked up by its hash, so how long the look-up takes says nothing about a stored token.
    const found = await this.#control.findToken(sha256Hex(token));
    if (!found)
      throw new InputError('unauthorized', 'This token is not known here. It may be deleted, or of another server.');
    return { name: found.name, role: found.role, session: null };
  }

  async #bySession(token: string, { method, headers, address }: Credentials): Promise<Caller> {
    const found = await this.#accounts.findSession(sha256Hex(token), { now: this.#clock.now(), address });
    if (!found) throw new InputError('unauthorized', 'Your session has ended. Sign in again.');
    requireCsrf(method, token, headers[csrfHeader]);
    const { user, session } = found;
    return { name: user.email, role: user.role, session: { id: session.id, userId: user.id } };
  }
}

/** @throws InputError `forbidden` when the caller's role is below `least`. */
export function requireRole(caller: Caller, least: Role): void {
  if (rank[caller.role] >= rank[least]) return;
  const [who, remedy] = caller.session
    ? ['you have', 'An owner can give you another role.']
    : ['this token has', 'Use a token with that role; owners make them.'];
  throw new InputError(
    'forbidden',
    `This needs the role ${least}; ${who} the role ${caller.role}, which ${roleMeaning[caller.role]}. ${remedy}`,
  );
}

/** Whether `authorise` lets the caller in; what is no refusal is thrown on. */
export async function isAllowed(authorise: () => Promise<Caller>): Promise<boolean> {
  try {
    await authorise();
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** The caller as the audit log names it. Every route that changes something requires a role, so there is one. */
export function actorOf(request: { readonly caller: Caller | null }): Actor {
  if (!request.caller) throw new InputError('unauthorized');
  return { name: request.caller.name };
}

/**
 * The session that calls.
 * @throws InputError `invalid_request` when a token calls: it stands for nobody in person.
 */
export function sessionOf(request: { readonly caller: Caller | null }): {
  readonly id: string;
  readonly userId: string;
} {
  const session = request.caller?.session;
  if (!session)
    throw new InputError('invalid_request', 'Only a signed-in user can do this; a token stands for no user.');
  return session;
}
