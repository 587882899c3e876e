// What every AccountStore engine promises. An engine's test calls this with a way to open a fresh store.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seenEveryMs, sessionIdleMs, sessionMaxMs } from './account-store.ts';
import type { AccountStore, Session, User } from './account-store.ts';
import type { ControlStore } from './control-store.ts';

export interface OpenedAccountStore {
  readonly store: AccountStore;
  /** Of the same engine, for its audit log. */
  readonly control: ControlStore;
  close(): Promise<void>;
}

const actor = { name: 'tester' };
const now = 1_700_000_000_000;
const user: User = {
  id: 'usr_1',
  email: 'ann@example.com',
  name: 'Ann',
  role: 'editor',
  active: false,
  createdAt: now,
  lastSignInAt: null,
};
const session: Session = {
  id: 'ses_1',
  userId: 'usr_1',
  createdAt: now,
  lastSeenAt: now,
  address: '192.0.2.1',
  client: 'Browser',
};
const enrolment = { email: 'olga@example.com', name: 'Olga', passwordHash: 'hash', newUserId: 'usr_9', now };
const missing = { code: 'not_found' };
const conflict = { code: 'conflict' };

export function accountStoreContract(engine: string, open: () => Promise<OpenedAccountStore>): void {
  describe(`AccountStore on ${engine}`, () => {
    let opened: OpenedAccountStore;
    let store: AccountStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const audited = async (): Promise<string[]> =>
      (await opened.control.listAudit({ limit: 100 })).items.map((entry) => `${entry.actor} ${entry.action}`);
    const makeOwner = async (): Promise<User> => {
      await store.createLink({ userId: null, createdAt: now, expiresAt: now + 10 }, 'owner-link', actor);
      return store.useLink('owner-link', enrolment);
    };
    const see = async (at: number, address = session.address) => store.findSession('sha', { now: at, address });

    it('needs setting up until somebody has a password', async () => {
      expect(await store.setUpNeeded()).toBe(true);
      await store.createUser(user, actor);
      expect(await store.setUpNeeded()).toBe(true);
      await makeOwner();
      expect(await store.setUpNeeded()).toBe(false);
    });

    it('keeps users by their email, and says who made and changed them', async () => {
      await store.createUser(user, actor);
      await expect(store.createUser({ ...user, id: 'usr_2' }, actor)).rejects.toMatchObject(conflict);
      expect(await store.findCredentials('ann@example.com')).toEqual({ user, passwordHash: null });
      expect(await store.findCredentials('bob@example.com')).toBeNull();
      expect(await store.updateUser('usr_1', { role: 'viewer' }, actor)).toEqual({ ...user, role: 'viewer' });
      await store.updateUser('usr_1', { role: 'viewer' }, actor);
      await store.deleteUser('usr_1', actor);
      expect(await store.listUsers()).toEqual([]);
      expect(await audited()).toEqual(['tester user.delete', 'tester user.update', 'tester user.create']);
      expect((await opened.control.snapshot()).version).toBe(0);
    });

    it('answers not_found for users, sessions and links that do not exist', async () => {
      await expect(store.updateUser('nope', {}, actor)).rejects.toMatchObject(missing);
      await expect(store.deleteUser('nope', actor)).rejects.toMatchObject(missing);
      await expect(store.setPassword('nope', 'hash', null, actor)).rejects.toMatchObject(missing);
      await expect(store.endSession('nope', actor)).rejects.toMatchObject(missing);
      await expect(store.useLink('nope', enrolment)).rejects.toMatchObject(missing);
      await expect(
        store.createLink({ userId: 'nope', createdAt: 1, expiresAt: 2 }, 'sha', actor),
      ).rejects.toMatchObject(missing);
      expect(await audited()).toEqual([]);
    });

    it('makes an owner of who uses the owner’s link, once, and not after it expired', async () => {
      await store.createLink({ userId: null, createdAt: now, expiresAt: now + 10 }, 'a', actor);
      await store.createLink({ userId: null, createdAt: now, expiresAt: now + 10 }, 'b', actor);
      await expect(store.useLink('a', enrolment)).rejects.toMatchObject(missing);
      expect(await store.findLink('b', now + 10)).toBeNull();
      await expect(store.useLink('b', { ...enrolment, now: now + 10 })).rejects.toMatchObject(missing);
      expect(await store.useLink('b', enrolment)).toMatchObject({ id: 'usr_9', role: 'owner', active: true });
      await expect(store.useLink('b', enrolment)).rejects.toMatchObject(missing);
      expect(await audited()).toEqual(['olga@example.com owner.set-up', 'tester owner.link', 'tester owner.link']);
    });

    it('gives the owner’s role and a new password to who has the email already', async () => {
      await store.createUser(user, actor);
      await store.createSession(session, 'sha');
      await store.createLink({ userId: null, createdAt: now, expiresAt: now + 10 }, 'a', actor);
      const made = await store.useLink('a', { ...enrolment, email: user.email, name: user.name });
      expect(made).toMatchObject({ id: 'usr_1', role: 'owner', active: true });
      expect(await store.listSessions(null, now)).toEqual([]);
    });

    it('lets an invited user in with the role of the invitation, whatever email comes along', async () => {
      await store.createUser(user, actor);
      await makeOwner();
      await store.createLink({ userId: 'usr_1', createdAt: now, expiresAt: now + 10 }, 'a', actor);
      expect(await store.findLink('a', now)).toMatchObject({ user: { id: 'usr_1', active: false } });
      expect(await store.useLink('a', enrolment)).toMatchObject({ id: 'usr_1', email: user.email, role: 'editor' });
      expect(await store.listUsers()).toHaveLength(2);
    });

    it('leaves an owner who can sign in, whatever is asked', async () => {
      const { id } = await makeOwner();
      await store.createUser({ ...user, role: 'owner' }, actor);
      await expect(store.deleteUser(id, actor)).rejects.toMatchObject(conflict);
      await expect(store.updateUser(id, { role: 'editor' }, actor)).rejects.toMatchObject(conflict);
      expect(await store.listUsers()).toHaveLength(2);
      await store.createLink({ userId: 'usr_1', createdAt: now, expiresAt: now + 10 }, 'a', actor);
      await store.useLink('a', enrolment);
      await store.deleteUser(id, actor);
      expect((await store.listUsers()).map((one) => one.id)).toEqual(['usr_1']);
    });

    it('knows a session by its hash until it idled or lasted too long', async () => {
      await store.createUser(user, actor);
      await store.createSession(session, 'sha');
      expect((await store.listUsers())[0]?.lastSignInAt).toBe(now);
      expect(await see(now + seenEveryMs - 1)).toMatchObject({ session, user: { id: 'usr_1' } });
      expect(await see(now + seenEveryMs, '192.0.2.2')).toMatchObject({
        session: { lastSeenAt: now + seenEveryMs, address: '192.0.2.2' },
      });
      expect(await see(now + seenEveryMs + sessionIdleMs)).toBeNull();
      for (let at = now; at < now + sessionMaxMs; at += sessionIdleMs - 1) expect(await see(at)).not.toBeNull();
      expect(await see(now + sessionMaxMs)).toBeNull();
      expect(await store.listSessions('usr_1', now + sessionMaxMs)).toEqual([]);
      expect(await store.findSession('other', { now, address: '' })).toBeNull();
    });

    it('ends one session, all others, those of a changed password, and those of a removed user', async () => {
      await store.createUser(user, actor);
      const ids = async (): Promise<string[]> => (await store.listSessions('usr_1', now)).map(({ id }) => id);
      for (const id of ['ses_1', 'ses_2', 'ses_3', 'ses_4']) await store.createSession({ ...session, id }, `of ${id}`);
      await store.endSession('ses_2', actor);
      expect(await ids()).toEqual(['ses_1', 'ses_3', 'ses_4']);
      await store.setPassword('usr_1', 'hash 2', 'ses_3', actor);
      expect(await ids()).toEqual(['ses_3']);
      await store.createSession(session, 'of ses_1');
      expect(await store.endOtherSessions('usr_1', 'ses_1', actor)).toBe(1);
      expect(await store.endOtherSessions('usr_1', 'ses_1', actor)).toBe(0);
      expect(await ids()).toEqual(['ses_1']);
      await store.deleteUser('usr_1', actor);
      expect(await store.listSessions(null, now)).toEqual([]);
    });
  });
}
