import { beforeEach, describe, expect, test } from 'vitest';
import type { SessionId } from '../../protocol/ids.ts';
import { JOIN_MAX_MISSED, PAGE_ENTRIES, REPLY_MAX_ENTRIES, UNREAD_MAX } from '../../protocol/limits.ts';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import { catchUp } from './catch-up.ts';
import { comeInAsScript } from './come-in-as-script.ts';
import { enterRoom } from './enter-room.ts';
import { joinRoom } from './join-room.ts';
import { listRooms } from './list-rooms.ts';
import { markRead } from './mark-read.ts';
import { FREE, joining, Node, saying, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';
import { readHistory } from './read-history.ts';

let node: Node;
let session: SessionId;
let ada: Wired;

beforeEach(async () => {
  node = await Node.start();
  session = await node.newSession();
  await node.newMember(session, 'Ada', 'Lobby');
  ada = node.connect(session);
  await joinRoom(node.act, ada.caller, joining('lobby'));
});

async function says(count: number): Promise<void> {
  const texts = Array.from({ length: count }, (_, i) => `text ${i}`);
  for (let i = 0; i < count; i += 100)
    await postMessage(node.act, ada.caller, saying('lobby', ...texts.slice(i, i + 100)));
}

async function visitor(name: string): Promise<Wired & { session: SessionId }> {
  const other = await node.newSession();
  await node.newMember(other, name, 'lobby');
  const wired = node.connect(other);
  await joinRoom(node.act, wired.caller, joining('lobby'));
  return { ...wired, session: other };
}

describe('C3: catching up', () => {
  test('C3: reads forward from anywhere and never resets for distance', async () => {
    await says(JOIN_MAX_MISSED + 100);
    const seqs: number[] = [];
    for (let after = 0, head = 1; after < head; ) {
      const reply = await catchUp(node.act, ada.caller, { room: 'LOBBY', after });
      expect(reply.reset).toBe(false);
      expect(reply.entries.length).toBeLessThanOrEqual(REPLY_MAX_ENTRIES);
      seqs.push(...reply.entries.map(({ seq }) => seq));
      ({ head } = reply);
      after = seqs.at(-1) ?? 0;
    }
    expect(seqs).toEqual(Array.from({ length: JOIN_MAX_MISSED + 101 }, (_, i) => i + 1));
  });

  test('R7: a reply holds what fits, one entry at least', async () => {
    for (let i = 0; i < 20; i += 1) await postMessage(node.act, ada.caller, saying('lobby', '😀'.repeat(4_000)));
    const reply = await catchUp(node.act, ada.caller, { room: 'lobby', after: 0 });
    expect(Buffer.byteLength(JSON.stringify(reply.entries))).toBeLessThan(256 * 1024);
    expect(reply.entries.at(-1)?.seq).toBeLessThan(reply.head);
  });

  test('C4: another history is a reset with the newest page', async () => {
    await says(3);
    for (const request of [{ after: 2, id: 'another' as never }, { after: 99 }]) {
      const reply = await catchUp(node.act, ada.caller, { room: 'lobby', ...request });
      expect(reply).toMatchObject({ reset: true, head: 4 });
      expect(reply.entries).toHaveLength(3);
    }
  });

  test('is for connections in the room alone', async () => {
    const outside = node.connect(session);
    await expect(catchUp(node.act, outside.caller, { room: 'lobby', after: 0 })).rejects.toMatchObject({
      answer: { code: 'notMember' },
    });
  });
});

describe('history', () => {
  test('is messages alone, page by page, down to the start', async () => {
    await says(120);
    const newest = await readHistory(node.act, ada.caller, { room: 'lobby' });
    expect(REQUESTS.history.reply.parse(newest)).toEqual(newest);
    expect(newest).toMatchObject({ head: 121, atStart: false });
    expect(newest.entries).toHaveLength(PAGE_ENTRIES);
    const older = await readHistory(node.act, ada.caller, {
      room: 'lobby',
      before: newest.entries[0]?.seq,
      limit: 100,
    });
    expect(older.atStart).toBe(true);
    expect(older.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 70 }, (_, i) => i + 2));
    expect(older.entries.every(({ kind }) => kind === 'message')).toBe(true);
  });

  test('is told to members only', async () => {
    const stranger = node.connect(await node.newSession());
    await expect(readHistory(node.act, stranger.caller, { room: 'lobby' })).rejects.toMatchObject({
      answer: { code: 'notMember' },
    });
  });
});

describe('L12: what one has read', () => {
  test('L12: goes neither back nor beyond the head', async () => {
    const eve = await visitor('Eve');
    await says(3);
    const unread = async () => (await listRooms(node.act, eve.caller)).rooms[0]?.unread;
    expect(await unread()).toBe(3);
    await markRead(node.act, eve.caller, { room: 'lobby', seq: 4 });
    expect(await unread()).toBe(1);
    await markRead(node.act, eve.caller, { room: 'lobby', seq: 1 });
    expect(await unread()).toBe(1);
    await markRead(node.act, eve.caller, { room: 'lobby', seq: 1_000_000 });
    await says(1);
    expect(await unread()).toBe(1);
  });

  test('is for connections in the room alone', async () => {
    const outside = node.connect(session);
    await expect(markRead(node.act, outside.caller, { room: 'lobby', seq: 1 })).rejects.toMatchObject({
      answer: { code: 'notMember' },
    });
  });
});

describe('the list of rooms', () => {
  test('has this session’s alone', async () => {
    await node.newMember(session, 'Ada', 'Garden');
    await node.newMember(await node.newSession(), 'Eve', 'Cellar');
    const reply = await listRooms(node.act, ada.caller);
    expect(REQUESTS.rooms.reply.parse(reply)).toEqual(reply);
    expect(reply.rooms.map(({ title }) => title).sort()).toEqual(['Garden', 'Lobby']);
  });

  test('H5: has a keyless script’s own room, and no other’s', async () => {
    const { home } = await comeInAsScript(node.act, { name: 'One', room: 'lobby' }, FREE);
    await comeInAsScript(node.act, { name: 'Two', room: 'Cellar' }, FREE);
    const script = node.connect(KEYLESS, home);
    await enterRoom(node.act, script.caller, home.room, home.member);
    await says(30);
    expect(await listRooms(node.act, script.caller)).toEqual({
      ok: true,
      rooms: [{ room: 'lobby', title: 'Lobby', topic: '', head: 32, unread: 30, mentioned: false }],
    });
    await says(UNREAD_MAX + 50);
    expect((await listRooms(node.act, script.caller)).rooms[0]?.unread).toBe(UNREAD_MAX);
  });
});
