import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import { LIMITS } from '../limits/limits.ts';
import { type Client, itemOf, LiveChat } from './live-chat.contract.ts';

let chat: LiveChat;
const room = 'lobby';

beforeEach(async () => {
  chat = await LiveChat.start({ limits: { ...LIMITS, joins: { amount: 4, perMs: 86_400_000, burst: 4 } } });
});
afterEach(() => chat.close());

async function person(name: string): Promise<{ client: Client; id: MemberId }> {
  const client = await chat.person(name, room);
  return { client, id: (await client.granted('join', { room })).me.id };
}

test('D1, T5: whom somebody wants to talk to is told of it, and the two talk', async () => {
  const [ada, ben] = [await person('Ada'), await person('Ben')];
  await ben.client.granted('rooms', {});
  const told = ben.client.signalled('room');
  const { room: talk } = await ada.client.granted('direct', { room, member: ben.id });
  expect(await told).toEqual({ room: talk, kind: 'room', messages: 0, mentioned: false });
  await ada.client.granted('join', { room: talk });
  await ben.client.granted('rooms', {});
  const news = ben.client.signalled('room');
  await ada.client.granted('message', { room: talk, items: [itemOf('psst')] });
  expect(await news).toEqual({ room: talk, kind: 'room', messages: 1, mentioned: false });
  await ben.client.granted('join', { room: talk });
  expect((await ben.client.granted('history', { room: talk })).entries).toMatchObject([{ text: 'psst' }]);
});

test('D2: a script cannot come in by the address, and nobody by the form', async () => {
  const [ada, ben] = [await person('Ada'), await person('Ben')];
  const { room: talk } = await ada.client.granted('direct', { room, member: ben.id });
  const script = chat.client({ auth: { name: 'Eve', room: talk, key: 'k'.repeat(22) } });
  expect(await script.refusal()).toMatchObject({ code: 'invalid' });
  await expect(chat.browser({ name: 'Eve', room: talk })).rejects.toThrow(/cannot have/u);
});

test('R8: each new conversation costs what a new room does; the same again costs nothing of it', async () => {
  const ada = await person('Ada');
  const others = [await person('Ben'), await person('Cleo'), await person('Dora'), await person('Eve')];
  const ask = (member: MemberId) => ada.client.ask('direct', { room, member });
  for (const { id } of others.slice(0, 3)) expect(await ask(id)).toMatchObject({ ok: true });
  expect(await ask(others[3]!.id)).toMatchObject({ ok: false, code: 'rateLimited', retryAfter: expect.any(Number) });
  expect(await ask(others[0]!.id)).toMatchObject({ ok: true });
});
