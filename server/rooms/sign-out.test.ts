import { expect, test } from 'vitest';
import type { SessionId } from '../../protocol/ids.ts';
import { StoreUnavailable } from '../store/store.ts';
import { joinRoom } from './join-room.ts';
import { inShort, joining, Node } from './node.contract.ts';
import { type Connections, signOut } from './sign-out.ts';

async function open() {
  const node = await Node.start();
  const session = await node.newSession();
  const ada = await node.newMember(session, 'Ada', 'Lobby');
  const ben = await node.newMember(session, 'Ben', 'Lobby');
  const other = await node.newMember(session, 'Ada', 'Kitchen');
  const eve = await node.newSession();
  await node.newMember(eve, 'Eve', 'Lobby');
  const tab = async (room: string, as: typeof ada, of: SessionId = session) => {
    const wired = node.connect(of);
    await joinRoom(node.act, wired.caller, joining(room, { as: as.id }));
    return wired;
  };
  const connections: Connections = {
    takeOut: (room, member) => node.connections.takeOut(room, member),
    forget: (member) => node.connections.forget(member),
    closeSession: (of) => node.connections.ofSession(of).forEach((connection) => connection.close()),
    closeDevice: () => undefined,
  };
  return {
    node,
    session,
    tabs: [await tab('lobby', ada), await tab('lobby', ben), await tab('kitchen', other)],
    eve,
    connections,
  };
}

test('N7: signing out closes every connection of the session, and its rooms are told at once, without grace', async () => {
  const { node, session, tabs, eve, connections } = await open();
  const witness = node.connect(eve);
  await joinRoom(node.act, witness.caller, joining('lobby'));
  await signOut(node.act, connections, session);
  expect(tabs.map(({ caller }) => caller.isOpen)).toEqual([false, false, false]);
  expect(witness.heard.map(inShort).sort()).toEqual(['Ada disconnects', 'Ben disconnects', 'Eve connects']);
  expect(await node.story('kitchen')).toEqual(['Ada connects', 'Ada disconnects']);
  expect(witness.caller.isOpen).toBe(true);
  expect(await node.store.memberships(session)).toEqual([]);
  await node.newMember(eve, 'Ada', 'Lobby');
});

test('while the store is away nobody is signed out', async () => {
  const { node, session, tabs, connections } = await open();
  node.store.endSession = () => Promise.reject(new StoreUnavailable('The store is away.'));
  await expect(signOut(node.act, connections, session)).rejects.toBeInstanceOf(StoreUnavailable);
  expect(tabs.map(({ caller }) => caller.isOpen)).toEqual([true, true, true]);
  expect(await node.story('kitchen')).toEqual(['Ada connects']);
});
