// The table "Where it starts from" of the product: one story a row, in its words.
import { io } from 'socket.io-client';
import { readConfig } from '../server/config.ts';
import { NAMESPACE } from '../protocol/wire.ts';
import { Script } from './support/script.ts';
import { expect, test } from './support/story.ts';

test('a login window asks for a user name and a room, and works before any script has loaded', async ({
  stranger,
  room,
}) => {
  const { page, origin } = await stranger({ javaScriptEnabled: false });
  await page.goto(origin);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
  await page.getByRole('textbox', { name: 'Room' }).fill(room);
  const posted = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Join' }).click();
  expect((await posted).status()).toBe(303);
  await expect(page).toHaveURL(`${origin}/chat/${encodeURIComponent(room)}`);
  await expect(page.getByRole('main')).toContainText('needs JavaScript');
});

test('the data go into the session, and the browser is redirected to /chat', async ({ stranger, room }) => {
  const { context, origin } = await stranger();
  const form = { name: 'Ada', room: room.toUpperCase() };
  const posted = await context.request.post(origin, { form, headers: { origin }, maxRedirects: 0 });
  expect(posted.status()).toBe(303);
  expect(posted.headers()['location']).toBe(`/chat/${encodeURIComponent(room)}`);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  // As the browser does on its own.
  await context.request.get(`${origin}${posted.headers()['location']}`);
  const chat = await context.request.get(`${origin}/chat`, { maxRedirects: 0 });
  expect([chat.status(), chat.headers()['location']]).toEqual([303, `/chat/${encodeURIComponent(room)}`]);
});

test('/chat reads the session and renders the chat; with no session it leads back to /, the room kept', async ({
  stranger,
  room,
}) => {
  const ada = await stranger();
  await ada.page.goto(`${ada.origin}/chat/${room}`);
  await expect(ada.page).toHaveURL(`${ada.origin}/?room=${encodeURIComponent(room)}`);
  await expect(ada.page.getByRole('textbox', { name: 'Room' })).toHaveValue(room);
  const name = ada.page.getByRole('textbox', { name: 'Your name' });
  await expect(name).toBeFocused();
  await name.fill('Ada');
  await ada.join();
  await ada.isIn();
  await ada.page.goto(`${ada.origin}/chat`);
  await ada.isIn();
  await expect(ada.page.getByRole('heading', { level: 1, name: room })).toBeVisible();
  expect(await ada.here()).toEqual(['Ada']);
});

test('when the page has loaded, the socket connects, on its own namespace', async ({ stranger, room }) => {
  const ada = await stranger();
  const opened = ada.page.waitForEvent('websocket');
  await ada.appear('Ada', room);
  const socket = await opened;
  expect(new URL(socket.url()).pathname).toBe('/socket.io/');
  // A new connection says at once where it wants to be; the first may have said so already.
  const again = ada.page.waitForEvent('websocket');
  const reloaded = ada.page.reload();
  const frame = await (await again).waitForEvent('framesent', ({ payload }) => String(payload).startsWith('40'));
  expect(String(frame.payload)).toMatch(new RegExp(`^40${NAMESPACE},`, 'u'));
  await reloaded;
});

test('the socket’s events are connect, message, options and disconnect', async ({ guest, script, server, room }) => {
  const ada = await guest('Ada');
  const socket = io(server.origin + NAMESPACE, {
    auth: { name: 'Script', room },
    transports: ['websocket'],
    forceNew: true,
  });
  const events: string[] = [];
  const heard = new Promise<void>((resolve) => {
    socket.on('connect', () => events.push('connect'));
    socket.on('disconnect', () => events.push('disconnect'));
    socket.on('options', (notice: { type: string; by: { name: string } }) =>
      events.push(`options ${notice.by.name} ${notice.type}`),
    );
    socket.on('message', ({ text }: { text: string }) => {
      events.push(`message ${text}`);
      if (text === 'bye') resolve();
    });
  });
  await expect.poll(() => events).toEqual(['connect', 'options Script connect']);
  const other = await script('Other', { key: undefined });
  await ada.send('hello');
  await expect.poll(() => events).toContain('message hello');
  other.close();
  await expect.poll(() => events).toContain('options Other disconnect');
  expect(await socket.emitWithAck('message', 'bye')).toMatchObject({ ok: true });
  await heard;
  await expect(ada.texts).toHaveText(['hello', 'bye']);
  socket.disconnect();
  expect(events).toEqual([
    'connect',
    'options Script connect',
    'options Other connect',
    'message hello',
    'options Other disconnect',
    'message bye',
    'disconnect',
  ]);
});

test('messages go to everybody in the same room, and to nobody else', async ({ guest, stranger, script, room }) => {
  const ada = await guest('Ada');
  const bob = await guest('Bob');
  const eve = await (await stranger()).appear('Eve', `${room} too`);
  await ada.send('for this room');
  await eve.send('for that room');
  await bob.send('an answer');
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(['for this room', 'an answer']);
  const other = await script('Script', { room: `${room} too` });
  await expect(eve.texts).toHaveText(['for that room']);
  const log = await other.log();
  expect(log.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))).toEqual(['for that room']);
});

test('a new tab at the same address, a second name and the same room: the two talk, and each keeps its name over a reload', async ({
  guest,
  room,
}) => {
  const ada = await guest('Ada');
  const bob = await (await ada.newTab()).comeIn('Bob', room);
  await ada.send('hello, Bob');
  await bob.send('hello, Ada');
  for (const tab of [ada, bob]) {
    await tab.page.reload();
    await tab.isIn();
  }
  await bob.send('still Bob');
  await ada.send('still Ada');
  for (const tab of [ada, bob]) {
    await expect(tab.texts).toHaveText(['hello, Bob', 'hello, Ada', 'still Bob', 'still Ada']);
    await expect(tab.messagesBy('Ada')).toHaveText(['hello, Bob', 'still Ada']);
    await expect(tab.messagesBy('Bob')).toHaveText(['hello, Ada', 'still Bob']);
  }
  expect(await ada.here()).toEqual(['Ada', 'Bob']);
});

test('send with the button or the Enter key; the message is added at the end', async ({ guest }) => {
  const ada = await guest('Ada');
  await ada.composer.fill('with the key');
  await ada.composer.press('Enter');
  await expect(ada.texts).toHaveText(['with the key']);
  await ada.composer.fill('with the button');
  await ada.page.getByRole('button', { name: 'Send' }).click();
  await expect(ada.texts).toHaveText(['with the key', 'with the button']);
  await expect(ada.composer).toHaveValue('');
  await expect(ada.composer).toBeFocused();
});

test('everybody in the room is told when somebody connects or leaves; Leave this room does it at once', async ({
  guest,
}) => {
  const ada = await guest('Ada');
  const bob = await guest('Bob');
  await expect(ada.notices).toContainText(['Bob joined']);
  await bob.leave();
  await expect(bob.page).toHaveURL(`${bob.origin}/`);
  // The grace of this server is longer than this story may take.
  await expect(ada.notices).toContainText(['Bob came and went']);
  expect(await ada.here()).toEqual(['Ada']);
});

test('everybody in the room is told when somebody is cut off, after a short grace', async ({
  ownServer,
  guest,
  room,
}) => {
  const server = await ownServer({ SNUG_GRACE_MS: '200', SNUG_PING_MS: '200', SNUG_PING_TIMEOUT_MS: '400' });
  const ada = await guest('Ada', server);
  const bob = await guest('Bob', server);
  const script = await Script.connect(server.origin, { name: 'Script', room });
  await expect(ada.notices).toContainText(['Bob and Script joined · 3 here']);
  await bob.page.close();
  await expect(ada.notices).toContainText(['Script joined · Bob came and went · 2 here']);
  script.socket.io.engine.close();
  script.socket.io.reconnection(false);
  await expect(ada.notices).toContainText(['Bob and Script came and went · 1 here']);
  expect(await ada.here()).toEqual(['Ada']);
  script.close();
});

test('there is a navigation bar on the login page and on the chat page', async ({ stranger, room }) => {
  const ada = await stranger();
  await ada.page.goto(ada.origin);
  const bar = ada.page.getByRole('navigation');
  await expect(bar.getByRole('link', { name: 'Join a room' })).toHaveAttribute('aria-current', 'page');
  await ada.appear('Ada', room);
  await expect(bar.getByRole('link', { name: 'Chat' })).toHaveAttribute('aria-current', 'page');
  await bar.getByRole('link', { name: 'Join a room' }).click();
  await expect(ada.page.getByRole('button', { name: 'Join' })).toBeVisible();
  await bar.getByRole('link', { name: 'Chat' }).click();
  await ada.isIn();
});

test('the server runs at http://localhost:5000 unless it is told otherwise', () => {
  const { port, host } = readConfig({});
  expect([port, host]).toEqual([5000, '127.0.0.1']);
});
