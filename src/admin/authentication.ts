// Who calls the control API, and what they may do: a bearer token names a caller, a caller has a role.
import type { Actor, ControlStore } from '../control/control-store.ts';
import { equalSecrets, sha256Hex } from '../control/keys.ts';
import type { Role } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';

export interface Caller {
  /** For the audit log. */
  readonly name: string;
  readonly role: Role;
}

/** What each role may do beyond the one below it. */
export const roleMeaning: Readonly<Record<Role, string>> = {
  viewer: 'reads everything but secrets, tokens and the audit log',
  editor: 'also changes sources, destinations and people, and may see secret keys again',
  owner: 'also manages tokens',
};
const rank: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, owner: 2 };

/** Answers who a request's Authorization header stands for. */
export class Authenticator {
  readonly #adminToken: string;
  readonly #control: Pick<ControlStore, 'findToken'>;

  constructor(adminToken: string, control: Pick<ControlStore, 'findToken'>) {
    this.#adminToken = adminToken;
    this.#control = control;
  }

  /** @throws InputError `unauthorized` saying what is missing; never the token. */
  async authenticate(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new InputError(
        'unauthorized',
        'Send the header Authorization: Bearer <token>. The token is LEAT_ADMIN_TOKEN, or stands in the file admin-token of the data folder.',
      );
    if (equalSecrets(token, this.#adminToken)) return { name: 'admin', role: 'owner' };
    // Looked up by its hash, so how long the look-up takes says nothing about a stored token.
    const found = await this.#control.findToken(sha256Hex(token));
    if (!found)
      throw new InputError('unauthorized', 'This token is not known here. It may be deleted, or of another server.');
    return { name: found.name, role: found.role };
  }
}

/** @throws InputError `forbidden` when the caller's role is below `least`. */
export function requireRole(caller: Caller, least: Role): void {
  if (rank[caller.role] >= rank[least]) return;
  throw new InputError(
    'forbidden',
    `This needs the role ${least}; this token has the role ${caller.role}, which ${roleMeaning[caller.role]}.`,
  );
}

/** The caller as the audit log names it. Every route that changes something requires a role, so there is one. */
export function actorOf(request: { readonly caller: Caller | null }): Actor {
  if (!request.caller) throw new InputError('unauthorized');
  return { name: request.caller.name };
}
