import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { Address, ClientId, MemberId } from '../../protocol/ids.ts';
import { IdbOutboxStorage } from './idb-outbox-storage.ts';
import type { Items, OutboxItem, Owner } from './outbox-item.ts';
import { MemoryOutboxStorage, type OutboxStorage } from './outbox-storage.ts';

const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const lin: Owner = { ...ada, member: 'm-lin' as MemberId, name: 'Lin' };
const adaElsewhere: Owner = { ...ada, room: 'tea time' as Address };

const item = (clientId: string, text = clientId): OutboxItem => ({
  clientId: clientId as ClientId,
  since: 1,
  tried: false,
  want: { kind: 'message', text },
});
const adding = (clientId: string) => (items: Items) => [...items, item(clientId)];

const openIdb = (name: string, firstKept = () => {}) => new IdbOutboxStorage(name, firstKept);

let databases = 0;
const storages: readonly (readonly [string, () => { first: OutboxStorage; reopened: () => OutboxStorage }])[] = [
  [
    'memory',
    () => {
      const first = new MemoryOutboxStorage();
      return { first, reopened: () => first };
    },
  ],
  [
    'IndexedDB',
    () => {
      const name = `outbox-${(databases += 1)}`;
      return { first: openIdb(name), reopened: () => openIdb(name) };
    },
  ],
];

describe.each(storages)('outbox storage in %s', (_name, open) => {
  it('S1: what was stored is there when it is opened again, in order', async () => {
    const { first, reopened } = open();
    await first.update(ada, adding('one'));
    await first.update(ada, adding('two'));
    expect(await reopened().read(ada)).toEqual([item('one'), item('two')]);
  });

  it('an update resolves with what is stored afterwards', async () => {
    const { first } = open();
    expect(await first.update(ada, adding('one'))).toEqual([item('one')]);
    expect(await first.update(ada, () => [])).toEqual([]);
    expect(await first.update(ada, (items) => items)).toEqual([]);
    expect(await first.queues(ada.room)).toEqual([]);
    expect(await first.update(ada, () => [])).toEqual([]);
    expect(await first.queues(ada.room)).toEqual([]);
  });

  it('S6: updates of two tabs at once do not undo each other', async () => {
    const { first, reopened } = open();
    const second = reopened();
    const names = Array.from({ length: 20 }, (_, i) => `i${i}`);
    await Promise.all(names.map((name, i) => (i % 2 ? first : second).update(ada, adding(name))));
    expect((await first.read(ada)).map((stored) => stored.clientId).toSorted()).toEqual(names.toSorted());
  });

  it('each member in each room has a queue of its own', async () => {
    const { first } = open();
    for (const owner of [ada, lin, adaElsewhere]) await first.update(owner, adding(`${owner.room} ${owner.member}`));
    expect(await first.read(lin)).toEqual([item('tea m-lin')]);
    expect((await first.queues(ada.room)).map((queue) => queue.member)).toEqual(['m-ada', 'm-lin']);
    expect(await first.queues('te' as Address)).toEqual([]);
    expect((await first.queues()).map(({ room, member }) => `${room} ${member}`).toSorted()).toEqual([
      'tea m-ada',
      'tea m-lin',
      'tea time m-ada',
    ]);
  });

  it("adopting puts the other member's items in front, once", async () => {
    const { first } = open();
    await first.update(ada, adding('old'));
    await first.update(lin, adding('new'));
    expect(await first.adopt(lin, ada)).toEqual([item('old'), item('new')]);
    expect(await first.adopt(lin, ada)).toEqual([item('old'), item('new')]);
    expect(await first.read(ada)).toEqual([]);
    expect(await first.queues(ada.room)).toMatchObject([{ name: 'Lin', items: [item('old'), item('new')] }]);
  });

  it('what is stored does not change with what was given', async () => {
    const { first } = open();
    const given = [item('one')];
    await first.update(ada, () => given);
    given.push(item('two'));
    expect(await first.read(ada)).toHaveLength(1);
  });
});

describe('where there is no IndexedDB', () => {
  it('every call rejects, and works once there is one', async () => {
    const storage = openIdb('absent');
    vi.stubGlobal('indexedDB', undefined);
    await expect(storage.update(ada, adding('one'))).rejects.toThrow();
    vi.unstubAllGlobals();
    expect(await storage.update(ada, adding('one'))).toEqual([item('one')]);
  });
});

describe('IndexedDB', () => {
  it('that never opens holds up nothing that is asked after it is opened anew', async () => {
    const storage = openIdb('hanging');
    const { indexedDB } = globalThis;
    vi.stubGlobal('indexedDB', { open: () => new IDBOpenDBRequest() });
    void storage.update(ada, adding('never'));
    vi.stubGlobal('indexedDB', indexedDB);
    storage.reopen();
    expect(await storage.update(ada, adding('one'))).toEqual([item('one')]);
    storage.reopen();
    expect(await storage.read(ada)).toEqual([item('one')]);
    vi.unstubAllGlobals();
  });

  it('says once that there is something to keep', async () => {
    const told: string[] = [];
    const storage = openIdb('first kept', () => told.push('kept'));
    await storage.read(ada);
    await storage.update(ada, (items) => items);
    expect(told).toEqual([]);
    await storage.update(ada, adding('one'));
    await storage.update(ada, adding('two'));
    expect(told).toEqual(['kept']);
  });
});
