import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, ClientId, MemberId } from '../protocol/ids.ts';
import { HandClock } from './connection/hand-clock.ts';
import { Draft } from './connection/draft.ts';
import { IdbOutboxStorage } from './connection/idb-outbox-storage.ts';
import type { OutboxItem, Owner } from './connection/outbox-item.ts';
import { countUnsent, forgetAll, type Storages } from './kept-here.ts';
import { rememberMember } from './tab-member.ts';
import { recall, remember } from './views/remembered.ts';
import { forgetSignedOut, unsentText, warnOfUnsent } from './views/sign-out-form.ts';

const storages: Storages = { texts: () => localStorage, tab: () => sessionStorage, indexed: () => indexedDB };
const forbidden = (): never => {
  throw new Error('The person has forbidden this.');
};
const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const ben: Owner = { room: 'chess' as Address, member: 'm-ben' as MemberId, name: 'Ben' };

function waiting(id: string, want: OutboxItem['want']): OutboxItem {
  return { clientId: id as ClientId, since: 1, tried: false, want };
}

async function write(): Promise<void> {
  const outbox = new IdbOutboxStorage('snug', () => {});
  const said = (id: string) => waiting(id, { kind: 'message', text: id });
  await outbox.update(ada, () => [said('one'), waiting('two', { kind: 'delete', target: 3 })]);
  await outbox.update(ben, () => [said('three')]);
  const draft = new Draft(localStorage, new HandClock(), ada);
  draft.write('half a sentence');
  draft.save();
  rememberMember(ada.room, ada.member, sessionStorage);
  remember(storages.texts, 'Ada', 'Tea');
}

beforeEach(async () => {
  await forgetAll(storages);
});

describe('what has not been sent', () => {
  test('is counted over all rooms: messages, changes, drafts', async () => {
    await write();
    expect(await countUnsent(storages)).toEqual({ messages: 2, changes: 1, drafts: 1 });
  });

  test('is nothing where nothing was kept, and counting leaves nothing that the outbox would stumble over', async () => {
    expect(await countUnsent(storages)).toEqual({ messages: 0, changes: 0, drafts: 0 });
    expect(await indexedDB.databases()).toEqual([]);
    await write();
    expect(await countUnsent(storages)).toMatchObject({ messages: 2 });
  });

  test('is nothing where the browser may keep nothing', async () => {
    const none = { texts: forbidden, tab: forbidden, indexed: forbidden };
    expect(await countUnsent(none)).toEqual({ messages: 0, changes: 0, drafts: 0 });
    await forgetAll(none);
  });

  test.each([
    [{ messages: 0, changes: 0, drafts: 0 }, ''],
    [{ messages: 1, changes: 0, drafts: 0 }, 'Not sent yet: 1 message. Sign out, and this is lost.'],
    [
      { messages: 2, changes: 1, drafts: 3 },
      'Not sent yet: 2 messages, 1 change, and 3 drafts. Sign out, and this is lost.',
    ],
  ])('is said in words before one signs out: %j', (unsent, text) => {
    expect(unsentText(unsent)).toBe(text);
  });

  test('is said on the page that asks', async () => {
    await write();
    document.body.innerHTML = '<p id="unsent"></p>';
    await warnOfUnsent(document, storages);
    expect(document.querySelector('#unsent')?.textContent).toContain('2 messages');
  });
});

describe('after signing out', () => {
  test('nothing stays in this browser: no message, no draft, no name, no member', async () => {
    await write();
    document.body.innerHTML = '<p id="signed-out"></p>';
    const forgetting = forgetSignedOut(document, storages);
    // The form is filled in while the database is still being deleted.
    expect(recall(storages.texts)).toEqual({ name: '', rooms: [] });
    await forgetting;
    expect([localStorage.length, sessionStorage.length, await indexedDB.databases()]).toEqual([0, 0, []]);
  });

  test('only then: any other page keeps it all', async () => {
    await write();
    document.body.innerHTML = '<form id="join"></form>';
    await forgetSignedOut(document, storages);
    expect(await countUnsent(storages)).toEqual({ messages: 2, changes: 1, drafts: 1 });
  });
});
