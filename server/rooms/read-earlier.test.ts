import { expect, test } from 'vitest';
import { REQUESTS } from '../../protocol/requests.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { joinRoom } from './join-room.ts';
import { joining, newClientId, Node, saying } from './node.contract.ts';
import { postMessage } from './post-message.ts';
import { readEarlier } from './read-earlier.ts';

test('L15: whoever is in the room may see what a message said before, until it is deleted', async () => {
  const node = await Node.start();
  const [session, other] = [await node.newSession(), await node.newSession()];
  await node.newMember(session, 'Ada', 'lobby');
  await node.newMember(other, 'Ben', 'lobby');
  const [ada, ben] = [node.connect(session), node.connect(other)];
  await joinRoom(node.act, ada.caller, joining('lobby'));
  const asked = { room: 'Lobby', target: 2 };
  await postMessage(node.act, ada.caller, saying('lobby', 'one'));
  await editMessage(node.act, ada.caller, { room: 'lobby', target: 2, clientId: newClientId(), text: 'two' });
  await expect(readEarlier(node.act, ben.caller, asked)).rejects.toMatchObject({ answer: { code: 'notMember' } });
  await joinRoom(node.act, ben.caller, joining('lobby'));
  const reply = await readEarlier(node.act, ben.caller, asked);
  expect(REQUESTS.earlier.reply.parse(reply)).toEqual(reply);
  expect(reply).toMatchObject({ room: 'lobby', texts: [{ text: 'one' }], more: false });
  const notice = readEarlier(node.act, ben.caller, { ...asked, target: 1 });
  await expect(notice).rejects.toMatchObject({ answer: { code: 'notFound' } });
  await deleteMessage(node.act, ada.caller, { room: 'lobby', target: 2, clientId: newClientId() });
  await expect(readEarlier(node.act, ben.caller, asked)).rejects.toMatchObject({ answer: { code: 'gone' } });
});
