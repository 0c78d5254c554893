import { beforeEach, describe, expect, test } from 'vitest';
import type { SessionId } from '../../protocol/ids.ts';
import { MAX_REQUEST_BYTES, TEXT_MAX_BYTES } from '../../protocol/limits.ts';
import { REQUESTS } from '../../protocol/requests.ts';
import { WAITING_MAX_ITEMS } from '../log/batches.ts';
import { joinRoom } from './join-room.ts';
import { leaveRoom } from './leave-room.ts';
import { aMoment, joining, newClientId, Node, saying, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';

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

const say = (...texts: string[]) => postMessage(node.act, ada.caller, saying('LOBBY', ...texts));
const codes = (reply: Awaited<ReturnType<typeof say>>) =>
  reply.results.map((result) => ('code' in result ? result.code : result.seq));

test('L2: what is acknowledged is in the log, in its order, and was shown to everybody', async () => {
  const request = saying('lobby', 'one', 'two', 'three');
  const reply = await postMessage(node.act, ada.caller, request);
  expect(REQUESTS.message.reply.parse(reply)).toEqual(reply);
  expect(reply.results.map(({ clientId }) => clientId)).toEqual(request.items.map(({ clientId }) => clientId));
  expect(codes(reply)).toEqual([2, 3, 4]);
  expect(ada.heard.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada: one', 'Ada: two', 'Ada: three']);
});

test('L3: a duplicate is answered with the seq it had, and the first body wins', async () => {
  const request = saying('lobby', 'first');
  const [stored] = (await postMessage(node.act, ada.caller, request)).results;
  const again = { ...request, items: request.items.map((item) => ({ ...item, text: 'second' })) };
  const [duplicate] = (await postMessage(node.act, ada.caller, again)).results;
  expect(duplicate).toEqual({ ...stored, duplicate: true });
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada: first']);
});

test('L3: the same client id twice in one request is one message', async () => {
  const clientId = newClientId();
  const reply = await postMessage(node.act, ada.caller, {
    room: 'lobby',
    items: [
      { clientId, text: 'a' },
      { clientId, text: 'b' },
    ],
  });
  expect(reply.results).toMatchObject([
    { seq: 2, duplicate: false },
    { seq: 2, duplicate: true },
  ]);
});

describe('R4', () => {
  test('R4: a refusal for good concerns its item alone', async () => {
    const reply = await say('one', '', 'two', 'a\u0000b', 'x'.repeat(TEXT_MAX_BYTES + 1), 'three');
    expect(codes(reply)).toEqual([2, 'empty', 3, 'unreadable', 'tooLong', 4]);
  });

  test('R4: after the first that is to come again, all are, and none of them is stored', async () => {
    const open = node.store.shut('append');
    const { caller } = ada;
    // The first is being committed while the others fill what may wait.
    const waiting = [postMessage(node.act, caller, saying('lobby', 'busy'))];
    await aMoment();
    for (let i = 0; i < WAITING_MAX_ITEMS; i += 100) {
      waiting.push(postMessage(node.act, caller, saying('lobby', ...Array.from({ length: 100 }, () => 'x'))));
    }
    const reply = await postMessage(node.act, caller, saying('lobby', '', 'one', '', 'two'));
    open();
    await Promise.all(waiting);
    expect(codes(reply)).toEqual(['empty', 'busy', 'busy', 'busy']);
    for (const result of reply.results.slice(1)) expect(result).toMatchObject({ retryAfter: expect.any(Number) });
    expect((await node.story('lobby')).filter((line) => line === 'Ada: one' || line === 'Ada: two')).toEqual([]);
  });

  test('R4: while the store is away all are to come again, and none is refused for good', async () => {
    node.store.isAway = true;
    const refused = say('one', '').catch((error: unknown) => error);
    await node.clock.pass(10_000);
    expect(await refused).toMatchObject({ name: 'StoreUnavailable' });
    const tried = say('one', 'two');
    await node.clock.pass(10_000);
    expect(codes(await tried)).toEqual(['unavailable', 'unavailable']);
  });
});

describe('L4: before an item is refused for good it is looked up', () => {
  test('L4: a text that has become too long was stored before', async () => {
    const request = saying('lobby', 'fine');
    await postMessage(node.act, ada.caller, request);
    const again = { ...request, items: request.items.map((item) => ({ ...item, text: '' })) };
    const reply = await postMessage(node.act, ada.caller, again);
    expect(reply.results).toMatchObject([{ seq: 2, duplicate: true }]);
  });

  test('L4: whoever has left meanwhile sees what was sent as sent, and the rest as refused', async () => {
    const request = saying('lobby', 'sent');
    await postMessage(node.act, ada.caller, request);
    await leaveRoom(node.act, ada.caller, { room: 'lobby' });
    const items = [...request.items, ...saying('lobby', 'never').items];
    const reply = await postMessage(node.act, ada.caller, { room: 'lobby', items });
    expect(reply.results).toMatchObject([{ seq: 2, duplicate: true }, { code: 'notMember' }]);
  });

  test('L4: also on a connection that never was in the room', async () => {
    const request = saying('lobby', 'sent');
    await postMessage(node.act, ada.caller, request);
    const stranger = node.connect(await node.newSession());
    const reply = await postMessage(node.act, stranger.caller, request);
    expect(reply.results).toMatchObject([{ seq: 2, duplicate: true }]);
  });

  test('L4: in a room that is not there or cannot be nothing is known', async () => {
    for (const room of ['nowhere', 'a/b', '..', '__proto__']) {
      const reply = await postMessage(node.act, ada.caller, saying(room, 'x'));
      expect(codes(reply)).toEqual(['notMember']);
    }
  });
});

test('R5: requests reach the log in their order, though the first has to look something up', async () => {
  const open = node.store.shut('known');
  const both = [say('', 'one'), say('two')];
  await aMoment();
  expect(await node.story('lobby')).toEqual(['Ada connects']);
  open();
  await Promise.all(both);
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada: one', 'Ada: two']);
});

test('a request with more than it may carry is refused whole', async () => {
  const texts = Array.from({ length: 4 }, () => '😀'.repeat(MAX_REQUEST_BYTES / 16));
  expect(codes(await say(...texts))).toEqual([2, 3, 4, 5]);
  await expect(say(...texts, 'x')).rejects.toMatchObject({ answer: { code: 'tooLong' } });
  expect(await node.story('lobby')).toHaveLength(5);
});

test('a plain string goes to the room of the handshake', async () => {
  const room = await node.store.room('lobby' as never);
  const member = await node.newMember(session, 'Bot 7', 'lobby');
  const script = node.connect(session, room && { room, member });
  await joinRoom(node.act, script.caller, joining('lobby', { as: member.id }));
  expect((await postMessage(node.act, script.caller, 'beep')).results).toMatchObject([{ seq: 3, duplicate: false }]);
  expect((await node.story('lobby')).at(-1)).toBe('Bot 7: beep');
  await expect(postMessage(node.act, ada.caller, 'beep')).rejects.toMatchObject({ answer: { code: 'invalid' } });
});

test('L13: an answer to what is not there is refused for good, alone of its request', async () => {
  const { items } = saying('lobby', 'one', 'to what?', 'two');
  const reply = await postMessage(node.act, ada.caller, {
    room: 'lobby',
    items: items.map((item, i) => (i === 1 ? { ...item, replyTo: 99 } : item)),
  });
  expect(codes(reply)).toEqual([2, 'notFound', 3]);
});

test('L13: an answer may mean what it answers by the client id of the message before it', async () => {
  const { items } = saying('lobby', 'one', 'to one');
  const reply = await postMessage(node.act, ada.caller, {
    room: 'lobby',
    items: items.map((item, i) => (i === 1 ? { ...item, replyTo: items[0]!.clientId } : item)),
  });
  expect(codes(reply)).toEqual([2, 3]);
  expect(ada.heard.at(-1)).toMatchObject({ text: 'to one', replyTo: 2 });
});
