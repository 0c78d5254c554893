import { beforeEach, expect, test } from 'vitest';
import { comeInAsScript } from './come-in-as-script.ts';
import { enterRoom } from './enter-room.ts';
import { joinRoom } from './join-room.ts';
import { FREE, joining, Node, type Wired } from './node.contract.ts';
import { renameMember } from './rename-member.ts';

let node: Node;
let ada: Wired;

beforeEach(async () => {
  node = await Node.start();
  const session = await node.newSession();
  await node.newMember(session, 'Ada', 'Lobby');
  await node.newMember(await node.newSession(), 'Eve', 'Lobby');
  ada = node.connect(session);
  await joinRoom(node.act, ada.caller, joining('lobby'));
});

const rename = (name: string) => renameMember(node.act, ada.caller, { room: 'lobby', name });

test('a new name is an entry, and the member stays who it is', async () => {
  expect(await rename('  Grace ')).toEqual({ ok: true, seq: 2 });
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada is now Grace']);
  const again = await joinRoom(node.act, ada.caller, joining('lobby'));
  expect(again.me.name).toBe('Grace');
});

test('L6: the name one has already changes nothing', async () => {
  expect(await rename('Ada')).toEqual({ ok: true, seq: 0 });
  expect(await node.story('lobby')).toEqual(['Ada connects']);
});

test.each([
  ['N1', '', 'nameInvalid'],
  ['N2', 'A\u200bda', 'nameInvalid'],
  ['N3', 'Admin', 'nameReserved'],
  ['N4', 'eve', 'nameTaken'],
  ['N4', 'Еvе', 'nameTaken'],
])('%s: %j is refused', async (_, name, code) => {
  await expect(rename(name)).rejects.toMatchObject({ answer: { ok: false, code } });
  expect(await node.story('lobby')).toEqual(['Ada connects']);
});

test('in a room that one is not in it is refused', async () => {
  const renamed = renameMember(node.act, ada.caller, { room: 'elsewhere', name: 'Grace' });
  await expect(renamed).rejects.toMatchObject({ answer: { code: 'notMember' } });
});

test('H5: a keyless script, which may be several, takes no other name', async () => {
  const { session, home } = await comeInAsScript(node.act, { name: 'Robot', room: 'lobby' }, FREE);
  const { caller } = node.connect(session, home);
  await enterRoom(node.act, caller, home.room, home.member);
  const renamed = renameMember(node.act, caller, { room: 'lobby', name: 'Cyborg' });
  await expect(renamed).rejects.toMatchObject({ answer: { ok: false, code: 'forbidden' } });
  expect(await node.hereIn(home.room.id)).toEqual(['Ada', 'Robot']);
});
