import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, RoomId, SessionId } from '../../protocol/ids.ts';
import { JOIN_MAX_MISSED, PAGE_ENTRIES } from '../../protocol/limits.ts';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS, type Member } from '../store/store.ts';
import { comeInAsScript } from './come-in-as-script.ts';
import { enterRoom } from './enter-room.ts';
import { joinRoom } from './join-room.ts';
import { leaveRoom } from './leave-room.ts';
import { aMoment, FREE, inShort, joining, Node, saying } from './node.contract.ts';
import { postMessage } from './post-message.ts';
import { renameMember } from './rename-member.ts';

/** What was read for one is given to others for so long, in ms. */
const KEPT_MS = 10_001;

let node: Node;
let session: SessionId;
let ada: Member;
let room: RoomId;

beforeEach(async () => {
  node = await Node.start();
  session = await node.newSession();
  ada = await node.newMember(session, 'Ada', 'Lobby');
  room = ada.room;
});

async function says(count: number): Promise<void> {
  const { caller } = node.connect(session);
  await joinRoom(node.act, caller, joining('lobby'));
  const texts = Array.from({ length: count }, (_, i) => `text ${i}`);
  for (let i = 0; i < count; i += 100) await postMessage(node.act, caller, saying('lobby', ...texts.slice(i, i + 100)));
}

test('P1: one is here after joining, and told who is', async () => {
  const { caller, heard } = node.connect(session);
  const reply = await joinRoom(node.act, caller, joining('LOBBY'));
  expect(REQUESTS.join.reply.parse(reply)).toEqual(reply);
  expect(reply).toMatchObject({ room: 'lobby', title: 'Lobby', head: 1, first: 1, reset: true, entries: [] });
  expect(reply.me).toEqual({ id: ada.id, name: 'Ada', role: 'member' });
  expect(reply.here.map(({ name }) => name)).toEqual(['Ada']);
  expect(heard.map(inShort)).toEqual(['Ada connects']);
});

test('P1: further tabs and repeated joins say nothing', async () => {
  const [one, two] = [node.connect(session), node.connect(session)];
  for (const { caller } of [one, two, one, two]) await joinRoom(node.act, caller, joining('lobby'));
  one.hangUp();
  await node.clock.pass(60_000);
  expect(await node.story('lobby')).toEqual(['Ada connects']);
  two.hangUp();
  await node.clock.pass(60_000);
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada disconnects']);
});

test('C1: two joins at once of one connection count once', async () => {
  const open = node.store.shut('heads');
  const { caller, hangUp } = node.connect(session);
  const both = Promise.all([
    joinRoom(node.act, caller, joining('lobby')),
    joinRoom(node.act, caller, joining('lobby')),
  ]);
  await aMoment();
  open();
  await both;
  hangUp();
  await node.clock.pass(10_000);
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada disconnects']);
});

describe('a connection that closes while it joins leaves no ghost', () => {
  test.each(['heads', 'append', 'here'] as const)('P1: when %s is waited for', async (method) => {
    const open = node.store.shut(method);
    const { caller, hangUp } = node.connect(session);
    const joined = joinRoom(node.act, caller, joining('lobby')).catch(() => undefined);
    await aMoment();
    hangUp();
    open();
    await joined;
    await node.clock.pass(20_000);
    expect(await node.hereIn(room)).toEqual([]);
    expect(caller.at('lobby' as Address)).toBeUndefined();
    const again = node.connect(session);
    await joinRoom(node.act, again.caller, joining('lobby'));
    again.hangUp();
    await node.clock.pass(10_000);
    expect(await node.hereIn(room)).toEqual([]);
  });
});

test('a room that every connection has left is followed no longer, however it was entered and left', async () => {
  const bob = await node.newMember(session, 'Bob', 'lobby');
  const [one, two, three] = [node.connect(session), node.connect(session), node.connect(session)];
  const open = node.store.shut('heads');
  const all = [one, one, two, three].map(({ caller }) =>
    joinRoom(node.act, caller, joining('lobby')).catch(() => undefined),
  );
  await aMoment();
  three.hangUp();
  open();
  await Promise.all(all);
  await joinRoom(node.act, two.caller, joining('lobby', { as: bob.id }));
  await leaveRoom(node.act, two.caller, { room: 'lobby' });
  one.hangUp();
  two.hangUp();
  await node.clock.pass(61_000);
  // Whoever comes now begins with reading where the room stands.
  const openAgain = node.store.shut('heads');
  const late = node.connect(session);
  const joined = joinRoom(node.act, late.caller, joining('lobby'));
  await aMoment();
  expect(late.caller.at('lobby' as Address)).toBeUndefined();
  openAgain();
  await joined;
});

test('P1: a connection that closes within its grace and comes back says nothing', async () => {
  const first = node.connect(session);
  await joinRoom(node.act, first.caller, joining('lobby'));
  first.hangUp();
  await node.clock.pass(9_000);
  await joinRoom(node.act, node.connect(session).caller, joining('lobby'));
  await node.clock.pass(60_000);
  expect(await node.story('lobby')).toEqual(['Ada connects']);
});

test('H3: joining as another member of the session leaves as the first', async () => {
  const bob = await node.newMember(session, 'Bob', 'lobby');
  const { caller, hangUp } = node.connect(session);
  await joinRoom(node.act, caller, joining('lobby', { as: ada.id }));
  const reply = await joinRoom(node.act, caller, joining('lobby', { as: bob.id }));
  expect(reply.me.name).toBe('Bob');
  expect(caller.at(reply.room)?.member).toBe(bob.id);
  await node.clock.pass(10_000);
  hangUp();
  await node.clock.pass(10_000);
  const story = ['Ada connects', 'Bob connects', 'Ada disconnects', 'Bob disconnects'];
  expect(await node.story('lobby')).toEqual(story);
});

test('H3: an `as` of another session is ignored', async () => {
  const stranger = await node.newMember(await node.newSession(), 'Eve', 'lobby');
  const reply = await joinRoom(node.act, node.connect(session).caller, joining('lobby', { as: stranger.id }));
  expect(reply.me.id).toBe(ada.id);
});

test.each(['elsewhere', 'a/b', '..', '__proto__'])('a session that is nobody in %s is refused', async (spelling) => {
  await node.newMember(await node.newSession(), 'Eve', 'elsewhere');
  const joined = joinRoom(node.act, node.connect(session).caller, joining(spelling));
  await expect(joined).rejects.toMatchObject({ answer: { ok: false, code: 'notMember' } });
});

describe('H5: a keyless script', () => {
  test('is never another keyless script, in no room', async () => {
    const one = await comeInAsScript(node.act, { name: 'One', room: 'lobby' }, FREE);
    await comeInAsScript(node.act, { name: 'Two', room: 'lobby' }, FREE);
    const other = await comeInAsScript(node.act, { name: 'Three', room: 'elsewhere' }, FREE);
    const { caller } = node.connect(KEYLESS, one.home);
    const reply = await joinRoom(node.act, caller, joining('lobby', { as: other.home.member.id }));
    expect(reply.me.name).toBe('One');
    await expect(joinRoom(node.act, caller, joining('elsewhere'))).rejects.toMatchObject({
      answer: { code: 'notMember' },
    });
  });

  test('is not let in when somebody took its name before it arrived, and hears nothing', async () => {
    const { session: keyless, home } = await comeInAsScript(node.act, { name: 'One', room: 'lobby' }, FREE);
    await node.newMember(session, 'One', 'lobby');
    const { caller, heard } = node.connect(keyless, home);
    const entered = enterRoom(node.act, caller, home.room, home.member);
    await expect(entered).rejects.toMatchObject({ answer: { code: 'notMember' } });
    expect(caller.at(home.room.address)).toBeUndefined();
    await says(1);
    expect(heard).toEqual([]);
  });

  test('is told of at once when it goes', async () => {
    const { session: keyless, home } = await comeInAsScript(node.act, { name: 'One', room: 'lobby' }, FREE);
    const { caller, hangUp } = node.connect(keyless, home);
    await enterRoom(node.act, caller, home.room, home.member);
    hangUp();
    await node.clock.pass(0);
    expect(await node.story('lobby')).toEqual(['One connects', 'One disconnects']);
  });
});

describe('what was missed', () => {
  test('C2: comes after the last one has', async () => {
    await says(5);
    const all = (await node.store.read(room, 0, 500)).entries;
    const last = all[2];
    const reply = await joinRoom(
      node.act,
      node.connect(session).caller,
      joining('lobby', { after: [3, last?.id ?? ''] }),
    );
    expect(reply).toMatchObject({ reset: false, head: 6, headId: all[5]?.id });
    expect(reply.entries.map(({ seq }) => seq)).toEqual([4, 5, 6]);
  });

  test('C2: without `after` is the newest page', async () => {
    await says(PAGE_ENTRIES + 10);
    const reply = await joinRoom(node.act, node.connect(session).caller, joining('lobby'));
    expect(reply.reset).toBe(true);
    expect(reply.entries).toHaveLength(PAGE_ENTRIES);
    expect(reply.entries.at(-1)?.seq).toBe(reply.head);
  });

  test.each([
    [JOIN_MAX_MISSED, false],
    [JOIN_MAX_MISSED + 1, true],
  ])('C2: %i entries behind, reset is %s', async (missed, reset) => {
    await says(missed);
    const first = (await node.store.read(room, 0, 1)).entries[0];
    const after: [number, string] = missed > JOIN_MAX_MISSED ? [0, ''] : [1, first?.id ?? ''];
    const reply = await joinRoom(node.act, node.connect(session).caller, joining('lobby', { after }));
    expect(reply.reset).toBe(reset);
    expect(reply.head).toBe(missed + 1);
  });

  test.each([
    ['beyond the head', [99, 'x']],
    ['of another history', [2, 'another']],
  ] as const)('C4: is the newest page when `after` is %s', async (_, [seq, id]) => {
    await says(3);
    const reply = await joinRoom(node.act, node.connect(session).caller, joining('lobby', { after: [seq, id] }));
    expect(reply).toMatchObject({ reset: true, head: 4 });
    expect(reply.entries.map(inShort)).toEqual(['Ada: text 0', 'Ada: text 1', 'Ada: text 2']);
  });

  test('L12: of others, the first unread is told', async () => {
    await says(2);
    const eve = await node.newSession();
    await node.newMember(eve, 'Eve', 'lobby');
    await says(2);
    const reply = await joinRoom(node.act, node.connect(eve).caller, joining('lobby'));
    expect(reply.firstUnread).toBe(4);
  });

  test('C1: what is said between subscribing and reading comes live', async () => {
    const speaker = node.connect(session);
    await joinRoom(node.act, speaker.caller, joining('lobby'));
    const { caller, heard } = node.connect(session);
    const open = node.store.shut('here');
    const joined = joinRoom(node.act, caller, joining('lobby'));
    await aMoment();
    await postMessage(node.act, speaker.caller, saying('lobby', 'hello'));
    open();
    expect((await joined).head).toBe(1);
    expect(heard.map(({ seq }) => seq)).toEqual([2]);
  });
});

test('C1: whoever comes while the log is read is among those here, for the notice of it is below the head', async () => {
  const eve = await node.newSession();
  await node.newMember(eve, 'Eve', 'lobby');
  const open = node.store.shut('page');
  const joined = joinRoom(node.act, node.connect(session).caller, joining('lobby'));
  await aMoment();
  const late = joinRoom(node.act, node.connect(eve).caller, joining('lobby'));
  await aMoment();
  open();
  const [reply] = await Promise.all([joined, late]);
  expect(reply.head).toBe(2);
  expect(reply.here.map(({ name }) => name)).toEqual(['Ada', 'Eve']);
});

test('P3: a join that is overtaken by leaving in another tab is refused', async () => {
  const [one, two] = [node.connect(session), node.connect(session)];
  await joinRoom(node.act, one.caller, joining('lobby'));
  await node.clock.pass(KEPT_MS);
  const open = node.store.shut('here');
  const joined = joinRoom(node.act, two.caller, joining('lobby'));
  await aMoment();
  await leaveRoom(node.act, one.caller, { room: 'lobby' });
  open();
  await expect(joined).rejects.toMatchObject({ answer: { code: 'notMember' } });
  expect(await node.hereIn(room)).toEqual([]);
});

test('C1: whoever takes another name in another tab while the log is read is told the new one', async () => {
  const [one, two] = [node.connect(session), node.connect(session)];
  await joinRoom(node.act, one.caller, joining('lobby'));
  await node.clock.pass(KEPT_MS);
  const open = node.store.shut('here');
  const joined = joinRoom(node.act, two.caller, joining('lobby'));
  await aMoment();
  await renameMember(node.act, one.caller, { room: 'lobby', name: 'Grace' });
  open();
  expect((await joined).me).toEqual({ id: ada.id, name: 'Grace', role: 'member' });
});
