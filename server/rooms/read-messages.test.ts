import { expect, test } from 'vitest';
import { REQUESTS } from '../../protocol/requests.ts';
import { joinRoom } from './join-room.ts';
import { joining, Node, saying } from './node.contract.ts';
import { postMessage } from './post-message.ts';
import { readMessages } from './read-messages.ts';

test('C11: gives the messages of these seqs to whoever is in the room, and to nobody else', async () => {
  const node = await Node.start();
  const session = await node.newSession();
  await node.newMember(session, 'Ada', 'Lobby');
  const ada = node.connect(session);
  const request = { room: 'LOBBY', seqs: [3, 1, 2] };
  await expect(readMessages(node.act, ada.caller, request)).rejects.toMatchObject({ answer: { code: 'notMember' } });
  await joinRoom(node.act, ada.caller, joining('lobby'));
  await postMessage(node.act, ada.caller, saying('lobby', 'one', 'two'));
  const reply = await readMessages(node.act, ada.caller, request);
  expect(REQUESTS.messages.reply.parse(reply)).toEqual(reply);
  // 1 is the notice of her coming.
  expect(reply.entries.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(reply).toMatchObject({ room: 'lobby', head: 3, headId: ada.heard.at(-1)?.id });
});

test('C11: asks for at least one and at most fifty', () => {
  const { request } = REQUESTS.messages;
  const asks = (count: number): boolean =>
    request.safeParse({ room: 'lobby', seqs: Array.from({ length: count }, (_, i) => i + 1) }).success;
  expect([0, 1, 50, 51].map(asks)).toEqual([false, true, true, false]);
  expect(request.safeParse({ room: 'lobby', seqs: [0] }).success).toBe(false);
});
