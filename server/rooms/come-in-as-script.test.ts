import { beforeEach, expect, test } from 'vitest';
import { KEYLESS } from '../store/store.ts';
import { comeInAsScript } from './come-in-as-script.ts';
import { enterRoom } from './enter-room.ts';
import { FREE, Node } from './node.contract.ts';

let node: Node;
const key = 'a key that nobody guesses';
const come = (name: string, room: string, withKey?: string) =>
  comeInAsScript(node.act, { name, room, key: withKey }, FREE);
const refusal = (code: string) => ({ answer: { ok: false, code } });

beforeEach(async () => {
  node = await Node.start();
});

test('H4: the same key is the same member, in any spelling of the room', async () => {
  const first = await come('Robot', 'Lobby', key);
  const again = await come('robot', ' LOBBY ', key);
  expect(again.home.member.id).toBe(first.home.member.id);
  expect(again.home.room.title).toBe('Lobby');
  await expect(come('Robot', 'lobby', `another ${key}`)).rejects.toMatchObject(refusal('nameTaken'));
});

test('H5: without a key the next script of that name is the same member, while nobody else took it', async () => {
  const first = await come('Robot', 'lobby');
  expect(first.session).toBe(KEYLESS);
  expect((await come('Robot', 'lobby')).home.member.id).toBe(first.home.member.id);
  const keyed = await come('Robot', 'lobby', key);
  expect(keyed.home.member.id).not.toBe(first.home.member.id);
  await expect(come('Robot', 'lobby')).rejects.toMatchObject(refusal('nameTaken'));
});

test('H5: a key never takes over a keyless member that is here', async () => {
  const { session, home } = await come('Robot', 'lobby');
  await enterRoom(node.act, node.connect(session, home).caller, home.room, home.member);
  await expect(come('Robot', 'lobby', key)).rejects.toMatchObject(refusal('nameTaken'));
});

test.each([
  ['', 'lobby', 'nameInvalid'],
  ['Admin', 'lobby', 'nameReserved'],
  ['Robot', 'a/b', 'invalid'],
  ['Robot', '..', 'invalid'],
])('%j in %j is refused', async (name, room, code) => {
  await expect(come(name, room, key)).rejects.toMatchObject(refusal(code));
});

test('H2: a key holds as many members in a room as a session may', async () => {
  for (const name of ['A', 'B', 'C', 'D', 'E']) await come(name, 'lobby', key);
  await expect(come('F', 'lobby', key)).rejects.toMatchObject(refusal('tooMany'));
});
