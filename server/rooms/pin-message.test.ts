import { expect, test } from 'vitest';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import { joinRoom } from './join-room.ts';
import { listPins } from './list-pins.ts';
import { joining, newClientId, Node, saying } from './node.contract.ts';
import { pinMessage, unpinMessage } from './pin-message.ts';
import { postMessage } from './post-message.ts';

const pinning = (target: number) => ({ room: 'lobby', target, clientId: newClientId() });

test('L16: everybody in the room sees what is pinned, and who did it', async () => {
  const node = await Node.start();
  const session = await node.newSession();
  await node.newMember(session, 'Ada', 'lobby');
  const ada = node.connect(session);
  await expect(listPins(node.act, ada.caller, { room: 'lobby' })).rejects.toMatchObject({
    answer: { code: 'notMember' },
  });
  await expect(pinMessage(node.act, ada.caller, pinning(2))).rejects.toMatchObject({ answer: { code: 'notMember' } });
  await joinRoom(node.act, ada.caller, joining('lobby'));
  await postMessage(node.act, ada.caller, saying('lobby', 'one', 'two'));
  for (const target of [2, 3]) await pinMessage(node.act, ada.caller, pinning(target));
  const reply = await listPins(node.act, ada.caller, { room: 'Lobby' });
  expect(REQUESTS.pins.reply.parse(reply)).toEqual(reply);
  expect(reply).toMatchObject({ room: 'lobby', head: 5, seqs: [3, 2], entries: [{ pinned: true }, { pinned: true }] });
  expect(await unpinMessage(node.act, ada.caller, pinning(3))).toEqual({ ok: true, seq: 6 });
  expect(await node.story('lobby')).toEqual([
    'Ada connects',
    'Ada: one',
    'Ada: two',
    'Ada pins 2',
    'Ada pins 3',
    'Ada unpins 3',
  ]);
});

test('L3: a pin that is sent again is answered as it was', async () => {
  const node = await Node.start();
  const session = await node.newSession();
  await node.newMember(session, 'Ada', 'lobby');
  const ada = node.connect(session);
  await joinRoom(node.act, ada.caller, joining('lobby'));
  await postMessage(node.act, ada.caller, saying('lobby', 'one'));
  const request = pinning(2);
  expect(await pinMessage(node.act, ada.caller, request)).toEqual({ ok: true, seq: 3 });
  await unpinMessage(node.act, ada.caller, pinning(2));
  expect(await pinMessage(node.act, ada.caller, request)).toEqual({ ok: true, seq: 3 });
  expect((await listPins(node.act, ada.caller, { room: 'lobby' })).seqs).toEqual([]);
});

test('H5: a script without a key pins nothing', async () => {
  const node = await Node.start();
  const member = await node.newMember(KEYLESS, 'Robot', 'lobby');
  const room = (await node.store.room('lobby' as never))!;
  const robot = node.connect(KEYLESS, { room, member });
  await joinRoom(node.act, robot.caller, joining('lobby'));
  await postMessage(node.act, robot.caller, saying('lobby', 'one'));
  await expect(pinMessage(node.act, robot.caller, pinning(2))).rejects.toMatchObject({ answer: { code: 'forbidden' } });
});
