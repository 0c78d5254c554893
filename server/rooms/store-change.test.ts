import { beforeEach, describe, expect, test } from 'vitest';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import { comeInAsScript } from './come-in-as-script.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { enterRoom } from './enter-room.ts';
import { joinRoom } from './join-room.ts';
import { leaveRoom } from './leave-room.ts';
import { FREE, joining, newClientId, Node, saying, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';
import { react, unreact } from './react.ts';

let node: Node;
let ada: Wired;
let eve: Wired;
const room = 'Lobby';

beforeEach(async () => {
  node = await Node.start();
  [ada, eve] = [await comes('Ada'), await comes('Eve')];
});

async function comes(name: string): Promise<Wired> {
  const session = await node.newSession();
  await node.newMember(session, name, room);
  const wired = node.connect(session);
  await joinRoom(node.act, wired.caller, joining(room));
  return wired;
}

/** Its seq and client id. */
async function says(wired: Wired, text: string) {
  const [result] = (await postMessage(node.act, wired.caller, saying(room, text))).results;
  if (!result || 'code' in result) throw new Error('It was not stored.');
  return { target: result.seq, clientId: result.clientId };
}

const edit = (wired: Wired, target: number | string, text: string, clientId = newClientId()) =>
  editMessage(node.act, wired.caller, { room, target: target as number, clientId, text });
const remove = (wired: Wired, target: number, clientId = newClientId()) =>
  deleteMessage(node.act, wired.caller, { room, target, clientId });
const refusal = (code: string) => ({ answer: { ok: false, code } });

describe('L5: what is one’s own', () => {
  test('L5: may be edited and deleted, by seq and by client id', async () => {
    const { target, clientId } = await says(ada, 'helo');
    const reply = await edit(ada, target, 'hello');
    expect(REQUESTS.edit.reply.parse(reply)).toEqual({ ok: true, seq: 4 });
    expect(await edit(ada, clientId, 'hello!')).toEqual({ ok: true, seq: 5 });
    expect(await remove(ada, target)).toEqual({ ok: true, seq: 6 });
    await expect(edit(ada, target, 'again')).rejects.toMatchObject(refusal('gone'));
  });

  test('L5: is nobody else’s to edit or delete', async () => {
    const { target } = await says(ada, 'mine');
    await expect(edit(eve, target, 'yours')).rejects.toMatchObject(refusal('forbidden'));
    await expect(remove(eve, target)).rejects.toMatchObject(refusal('forbidden'));
    await expect(edit(eve, 99, 'what')).rejects.toMatchObject(refusal('notFound'));
    await expect(edit(eve, 1, 'a notice')).rejects.toMatchObject(refusal('notFound'));
  });

  test('H5: what a keyless script said nobody may edit or delete', async () => {
    const { home } = await comeInAsScript(node.act, { name: 'Script', room }, FREE);
    const script = node.connect(KEYLESS, home);
    await enterRoom(node.act, script.caller, home.room, home.member);
    const { target } = await says(script, 'beep');
    await expect(edit(script, target, 'boop')).rejects.toMatchObject(refusal('forbidden'));
    await expect(remove(script, target)).rejects.toMatchObject(refusal('forbidden'));
    expect(await react(node.act, script.caller, { room, target, clientId: newClientId(), emoji: '👍' })).toEqual({
      ok: true,
      seq: 5,
    });
  });
});

test('L6: what would change nothing is answered with the seq that made it so', async () => {
  const { target } = await says(ada, 'same');
  expect(await edit(ada, target, 'same')).toEqual({ ok: true, seq: target });
  const { seq } = await remove(ada, target);
  expect(await remove(ada, target)).toEqual({ ok: true, seq });
  expect(await node.story(room)).toHaveLength(4);
});

test('L3: the same change again is answered with the seq it had', async () => {
  const { target } = await says(ada, 'a');
  const clientId = newClientId();
  const first = await edit(ada, target, 'b', clientId);
  await edit(ada, target, 'c');
  expect(await edit(ada, target, 'b', clientId)).toEqual(first);
  expect((await node.story(room)).at(-1)).toBe('Ada edits 3: c');
});

test('R6: a text that cannot be is refused, L4: unless it was stored before', async () => {
  const { target } = await says(ada, 'a');
  await expect(edit(ada, target, ' ')).rejects.toMatchObject(refusal('empty'));
  const clientId = newClientId();
  const stored = await edit(ada, target, 'b', clientId);
  expect(await edit(ada, target, ' ', clientId)).toEqual(stored);
});

test('L4: a change that was stored is sent, also for whoever has left since', async () => {
  const { target } = await says(ada, 'a');
  const clientId = newClientId();
  const stored = await edit(ada, target, 'b', clientId);
  await leaveRoom(node.act, ada.caller, { room });
  expect(await edit(ada, target, 'b', clientId)).toEqual(stored);
  await expect(edit(ada, target, 'c')).rejects.toMatchObject(refusal('notMember'));
});

test('a reaction is one emoji, of anybody in the room', async () => {
  const { target } = await says(ada, 'a');
  const reacting = (emoji: string) => ({ room, target, clientId: newClientId(), emoji });
  await expect(react(node.act, eve.caller, reacting('ok'))).rejects.toMatchObject(refusal('invalid'));
  expect(await react(node.act, eve.caller, reacting('👍'))).toEqual({ ok: true, seq: 4 });
  expect(await unreact(node.act, eve.caller, reacting('👍'))).toEqual({ ok: true, seq: 5 });
  expect((await node.story(room)).slice(-2)).toEqual(['Eve reacts 3 👍', 'Eve unreacts 3 👍']);
});

test('R5: an edit behind a message is stored behind it, without waiting for its answer', async () => {
  const request = saying(room, 'a');
  const target = request.items[0]?.clientId ?? '';
  const both = [postMessage(node.act, ada.caller, request), edit(ada, target, 'b')];
  await Promise.all(both);
  expect((await node.story(room)).slice(-2)).toEqual(['Ada: b', 'Ada edits 3: b']);
});
