import { beforeEach, describe, expect, test } from 'vitest';
import { joinRoom } from './join-room.ts';
import { leaveRoom } from './leave-room.ts';
import { joining, Node } from './node.contract.ts';
import { renameMember } from './rename-member.ts';
import { Refusal } from './refusal.ts';
import { tellTyping } from './tell-typing.ts';

let node: Node;
beforeEach(async () => {
  node = await Node.start();
});

async function somebody(name: string) {
  const session = await node.newSession();
  const member = await node.newMember(session, name, 'Tea');
  return { ...node.connect(session), member };
}

describe('typing', () => {
  test('T1: is said to the room under the name of now, and stored nowhere', async () => {
    const { caller, member } = await somebody('Ada');
    await joinRoom(node.act, caller, joining('Tea'));
    await renameMember(node.act, caller, { room: 'Tea', name: 'Countess' });
    const before = await node.story('Tea');
    expect(await tellTyping(node.act, caller, { room: ' TEA ' })).toEqual({ ok: true });
    expect(node.signals).toEqual([`typing in ${member.room} by Countess`]);
    expect(await node.story('Tea')).toEqual(before);
  });

  test('T1: only a member that is in the room may say it', async () => {
    const { caller } = await somebody('Ada');
    await expect(tellTyping(node.act, caller, { room: 'Tea' })).rejects.toThrow(new Refusal('notMember'));
    await joinRoom(node.act, caller, joining('Tea'));
    await leaveRoom(node.act, caller, { room: 'Tea' });
    await expect(tellTyping(node.act, caller, { room: 'Tea' })).rejects.toThrow(new Refusal('notMember'));
    await expect(tellTyping(node.act, caller, { room: 'a/b' })).rejects.toThrow(new Refusal('notMember'));
    expect(node.signals).toEqual([]);
  });

  test('T1: who is taken out while it is looked up says nothing', async () => {
    const { caller, member } = await somebody('Ada');
    await joinRoom(node.act, caller, joining('Tea'));
    const asked = tellTyping(node.act, caller, { room: 'Tea' });
    caller.takeOut(member.room, member.id);
    await expect(asked).rejects.toThrow(new Refusal('notMember'));
    expect(node.signals).toEqual([]);
  });
});
