// What every ControlStore engine promises. An engine's test calls this with a way to open a fresh store.
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, expose } from '../lib/rpc.ts';
import type { ControlStore } from './control-store.ts';
import { sha256Hex } from './keys.ts';
import type { Action, Destination, Source, SourceKey } from './model.ts';

export interface OpenedControlStore {
  readonly store: ControlStore;
  /** Closes the store and opens it again on what it has stored. */
  reopen(): Promise<ControlStore>;
  close(): Promise<void>;
}

const actor = { name: 'tester' };
const source: Source = {
  id: 'src_1',
  name: 'Shop',
  kind: 'javascript',
  family: 'customerio',
  enabled: true,
  strict: false,
  createdAt: 1_700_000_000_000,
};
const key: SourceKey = {
  id: 'key_1',
  sourceId: 'src_1',
  key: 'us_abcdefghijklmnopqrstuvwx',
  class: 'public',
  region: 'us',
  createdAt: 1_700_000_000_000,
  revokedAt: null,
};
const action: Action = {
  id: 'act_1',
  kind: 'send',
  name: 'Send',
  enabled: true,
  trigger: 'type = "track"',
  mapping: { url: { '@path': '$.properties.url' } },
};
const destination: Destination = {
  id: 'dst_1',
  name: 'Hook',
  kind: 'webhook',
  enabled: true,
  settings: { url: 'https://example.com', secret: 'hush-hush' },
  sourceIds: ['src_1'],
  actions: [action],
  version: 1,
  createdAt: 1_700_000_000_001,
  startFrom: 'now',
};

export function controlStoreContract(engine: string, open: () => Promise<OpenedControlStore>): void {
  describe(`ControlStore on ${engine}`, () => {
    let opened: OpenedControlStore;
    let store: ControlStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const auditActions = async (): Promise<string[]> =>
      (await store.listAudit({ limit: 100 })).items.map((entry) => entry.action);

    it('is empty at version 0', async () => {
      expect(await store.snapshot()).toEqual({ version: 0, sources: [], keys: [], destinations: [] });
    });

    it('keeps everything exactly, also after reopening', async () => {
      await store.createSource(source, [key], actor);
      await store.createDestination(destination, actor);
      const before = await store.snapshot();
      expect(before).toEqual({ version: 2, sources: [source], keys: [key], destinations: [destination] });
      store = await opened.reopen();
      expect(await store.snapshot()).toEqual(before);
    });

    it('changes sources and answers what they became', async () => {
      await store.createSource(source, [], actor);
      const changed = await store.updateSource('src_1', { name: 'Shop EU', strict: true }, actor);
      expect(changed).toEqual({ ...source, name: 'Shop EU', strict: true });
      expect((await store.snapshot()).sources).toEqual([changed]);
    });

    it('does nothing, and says nothing, when a change changes nothing', async () => {
      await store.createSource(source, [], actor);
      await store.updateSource('src_1', { name: 'Shop' }, actor);
      expect((await store.snapshot()).version).toBe(1);
      expect(await auditActions()).toEqual(['source.create']);
    });

    it('answers not_found for what does not exist', async () => {
      const missing = { code: 'not_found' };
      await expect(store.updateSource('nope', {}, actor)).rejects.toMatchObject(missing);
      await expect(store.deleteSource('nope', actor)).rejects.toMatchObject(missing);
      await expect(store.addKey({ ...key, sourceId: 'nope' }, actor)).rejects.toMatchObject(missing);
      await expect(store.revokeKey('src_1', 'nope', 1, actor)).rejects.toMatchObject(missing);
      await expect(store.updateDestination('nope', {}, actor)).rejects.toMatchObject(missing);
      await expect(store.setActions('nope', [], actor)).rejects.toMatchObject(missing);
      await expect(store.deleteDestination('nope', actor)).rejects.toMatchObject(missing);
      await expect(store.deleteToken('nope', actor)).rejects.toMatchObject(missing);
      expect(await auditActions()).toEqual([]);
    });

    it('refuses a key that any source has, revoked or not, and changes nothing then', async () => {
      await store.createSource(source, [key], actor);
      await store.revokeKey('src_1', 'key_1', 5, actor);
      const other = { ...source, id: 'src_2' };
      const again = { ...key, id: 'key_2', sourceId: 'src_2' };
      await expect(store.createSource(other, [again], actor)).rejects.toMatchObject({ code: 'conflict' });
      expect((await store.snapshot()).sources.map(({ id }) => id)).toEqual(['src_1']);
      await store.createSource(other, [], actor);
      await expect(store.addKey(again, actor)).rejects.toMatchObject({ code: 'conflict' });
      await expect(store.createSource(source, [], actor)).rejects.toMatchObject({ code: 'conflict' });
    });

    it('revokes a key once and remembers when', async () => {
      await store.createSource(source, [key], actor);
      await store.revokeKey('src_1', 'key_1', 77, actor);
      await store.revokeKey('src_1', 'key_1', 99, actor);
      expect((await store.snapshot()).keys).toEqual([{ ...key, revokedAt: 77 }]);
      expect(await auditActions()).toEqual(['key.revoke', 'source.create']);
    });

    it('deletes a source with its keys and takes it out of destinations', async () => {
      await store.createSource(source, [key], actor);
      await store.createDestination(destination, actor);
      await store.deleteSource('src_1', actor);
      const left = await store.snapshot();
      expect(left.sources).toEqual([]);
      expect(left.keys).toEqual([]);
      expect(left.destinations).toEqual([{ ...destination, sourceIds: [], version: 2 }]);
    });

    it('raises a destination’s version with every change of it', async () => {
      await store.createDestination(destination, actor);
      await expect(store.createDestination(destination, actor)).rejects.toMatchObject({ code: 'conflict' });
      expect((await store.updateDestination('dst_1', { enabled: false, sourceIds: null }, actor)).version).toBe(2);
      const changed = await store.setActions('dst_1', [{ ...action, enabled: false }], actor);
      expect(changed).toEqual({
        ...destination,
        enabled: false,
        sourceIds: null,
        version: 3,
        actions: [{ ...action, enabled: false }],
      });
      expect((await store.setActions('dst_1', changed.actions, actor)).version).toBe(3);
      await store.deleteDestination('dst_1', actor);
      expect((await store.snapshot()).destinations).toEqual([]);
    });

    it('keeps the latest connection test of a destination, until its settings change', async () => {
      const test = { destinationId: 'dst_1', at: 7, ok: false, message: 'Nobody answered.' };
      await store.recordDestinationTest(test, 1);
      expect(await store.destinationTests()).toEqual([]);
      await store.createDestination(destination, actor);
      const { version } = await store.snapshot();
      await store.recordDestinationTest(test, 1);
      await store.recordDestinationTest({ ...test, at: 8, ok: true }, 1);
      store = await opened.reopen();
      expect(await store.destinationTests()).toEqual([{ ...test, at: 8, ok: true }]);
      // Nothing that anybody works by has changed.
      expect((await store.snapshot()).version).toBe(version);
      await store.updateDestination('dst_1', { enabled: false }, actor);
      await store.recordDestinationTest({ ...test, at: 9 }, 1);
      expect(await store.destinationTests()).toEqual([{ ...test, at: 8, ok: true }]);
      await store.updateDestination('dst_1', { settings: { url: 'https://example.org' } }, actor);
      expect(await store.destinationTests()).toEqual([]);
      await store.recordDestinationTest(test, 3);
      await store.deleteDestination('dst_1', actor);
      expect(await store.destinationTests()).toEqual([]);
    });

    it('writes an audit entry per change, without secrets', async () => {
      await store.createSource(source, [key], actor);
      await store.updateSource('src_1', { name: 'New' }, { name: 'other' });
      await store.createDestination(destination, actor);
      await store.updateDestination(
        'dst_1',
        { settings: { url: 'https://example.com', secret: 'other-secret' } },
        actor,
      );
      await store.setActions('dst_1', [{ ...action, mapping: { token: { '@literal': 'mapped-secret' } } }], actor);
      const { items } = await store.listAudit({ limit: 100 });
      expect(items.map(({ action: what, actor: who, subject }) => [what, who, subject])).toEqual([
        ['destination.actions', 'tester', 'dst_1'],
        ['destination.update', 'tester', 'dst_1'],
        ['destination.create', 'tester', 'dst_1'],
        ['source.update', 'other', 'src_1'],
        ['source.create', 'tester', 'src_1'],
      ]);
      expect(items[3]?.detail).toEqual({ name: { from: 'Shop', to: 'New' } });
      expect(items[1]?.detail).toEqual({ settings: ['secret'] });
      const text = JSON.stringify(items);
      for (const secret of ['hush-hush', 'other-secret', 'mapped-secret', key.key]) expect(text).not.toContain(secret);
    });

    it('pages through the audit log, latest first', async () => {
      for (let i = 1; i <= 5; i++)
        await store.audit({ at: i, actor: 'a', action: 'key.reveal', subject: `key_${i}`, detail: null });
      const first = await store.listAudit({ limit: 3 });
      expect(first.items.map(({ at }) => at)).toEqual([5, 4, 3]);
      const second = await store.listAudit({ before: Number(first.next), limit: 3 });
      expect(second.items.map(({ at }) => at)).toEqual([2, 1]);
      expect(second.next).toBeNull();
      expect((await store.snapshot()).version).toBe(0);
    });

    it('finds audit entries by who, what, on what and when, and names whom it can ask for', async () => {
      const entry = { actor: 'ann', action: 'source.update', subject: 's1', detail: null };
      await store.audit({ ...entry, at: 10 });
      await store.audit({ ...entry, at: 20, actor: 'bob', action: 'source.create' });
      await store.audit({ ...entry, at: 30, action: 'source-map.create', subject: 's2' });
      const found = async (query: object) => (await store.listAudit({ ...query, limit: 10 })).items.map(({ at }) => at);
      expect(await found({ actor: 'ann' })).toEqual([30, 10]);
      expect(await found({ action: 'source' })).toEqual([20, 10]);
      expect(await found({ action: 'source.create' })).toEqual([20]);
      expect(await found({ subject: 's1', from: 10, to: 20 })).toEqual([10]);
      expect(await found({ actor: 'ann', action: 'source', before: 2 })).toEqual([10]);
      expect(await found({ actor: 'nobody' })).toEqual([]);
      expect(await store.auditTerms()).toEqual({
        actors: ['ann', 'bob'],
        actions: ['source-map.create', 'source.create', 'source.update'],
      });
    });

    it('says the name of what an audit entry is about, also when it was renamed or deleted since', async () => {
      await store.createSource(source, [], actor);
      await store.updateSource('src_1', { name: 'New' }, actor);
      const names = async () => (await store.listAudit({ limit: 10 })).items.map(({ subjectName }) => subjectName);
      expect(await names()).toEqual(['New', 'New']);
      await store.deleteSource('src_1', actor);
      expect(await names()).toEqual(['New', 'New', 'New']);
      await store.audit({ at: 1, actor: 'a', action: 'person.delete', subject: 'src_2', detail: { name: 'x' } });
      await store.nameObjectType('1', 'Companies', actor);
      expect((await names()).slice(0, 2)).toEqual(['Companies', null]);
    });

    it('knows tokens by their hash only', async () => {
      const token = { id: 'tok_1', name: 'CI', role: 'editor' as const, createdAt: 5 };
      await store.createToken(token, sha256Hex('leat_token'), actor);
      await expect(store.createToken(token, sha256Hex('leat_token'), actor)).rejects.toMatchObject({
        code: 'conflict',
      });
      expect(await store.findToken(sha256Hex('leat_token'))).toEqual({ id: 'tok_1', name: 'CI', role: 'editor' });
      expect(await store.findToken(sha256Hex('other'))).toBeNull();
      expect(await store.listTokens()).toEqual([token]);
      await store.deleteToken('tok_1', actor);
      expect(await store.findToken(sha256Hex('leat_token'))).toBeNull();
    });

    it('keeps names of object types', async () => {
      await store.nameObjectType('1', 'Account', actor);
      await store.nameObjectType('2', 'Course', actor);
      await store.nameObjectType('2', null, actor);
      store = await opened.reopen();
      expect(await store.objectTypeNames()).toEqual([{ typeId: '1', name: 'Account' }]);
      await store.nameObjectType('1', 'Account', actor);
      expect(await auditActions()).toEqual(Array.from({ length: 3 }, () => 'object-type.name'));
    });

    describe('waiting for a change', () => {
      it('answers at once when there is a newer version', async () => {
        await store.createSource(source, [], actor);
        expect(await store.waitForChange(0)).toBe(1);
      });

      it('answers with the next change', async () => {
        const waiting = store.waitForChange(0);
        await store.createSource(source, [], actor);
        expect(await waiting).toBe(1);
      });

      it('answers with the present version when called off, before or while waiting', async () => {
        expect(await store.waitForChange(0, AbortSignal.abort())).toBe(0);
        const controller = new AbortController();
        const waiting = store.waitForChange(0, controller.signal);
        controller.abort();
        expect(await waiting).toBe(0);
      });

      it('works from another thread, signal or not', async () => {
        const { port1, port2 } = new MessageChannel();
        expose(port1, { control: store });
        const client = connect(port2);
        const remote = client.remote<ControlStore>('control');
        const waiting = remote.waitForChange(0, undefined);
        const controller = new AbortController();
        const called = remote.waitForChange(1, controller.signal);
        await remote.createSource(source, [key], actor);
        expect(await waiting).toBe(1);
        controller.abort();
        expect(await called).toBe(1);
        await expect(remote.deleteSource('nope', actor)).rejects.toMatchObject({
          name: 'InputError',
          code: 'not_found',
        });
        client.close();
      });
    });
  });
}
