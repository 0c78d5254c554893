import { textsOf } from './support/script.ts';
import { expect, test } from './support/story.ts';

test('a message is drawn in the frame in which it is sent', async ({ guest }) => {
  const ada = await guest('Ada');
  await ada.composer.fill('at once');
  const drawn = await ada.page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Send');
    button?.click();
    await new Promise(requestAnimationFrame);
    return [...document.querySelectorAll('article .text')].map(({ textContent }) => textContent);
  });
  expect(drawn).toEqual(['at once']);
});

test('S1: what is written without a network waits in its place, and goes once and in order when it is back', async ({
  guest,
  watch,
  line,
}) => {
  watch.allowNetworkTrouble();
  const ada = await guest('Ada', line);
  const bob = await guest('Bob');
  await ada.send('before');
  await expect(bob.texts).toHaveText(['before']);
  // What Playwright calls offline leaves open sockets alone.
  await ada.context.setOffline(true);
  line.cut();
  await expect(ada.page.getByText('You are offline')).toBeVisible();
  for (const text of ['one', 'two', 'three']) await ada.send(text);
  await expect(ada.texts).toContainText(['before', 'one', 'two', 'three']);
  await expect(ada.texts.last()).toContainText('Sending');
  await expect(ada.composer).toBeEnabled();
  await expect(bob.texts).toHaveText(['before']);
  line.mend();
  await ada.context.setOffline(false);
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(['before', 'one', 'two', 'three']);
});

test('S1: what waits survives a reload', async ({ guest, watch, line }) => {
  watch.allowNetworkTrouble();
  const ada = await guest('Ada', line);
  const bob = await guest('Bob');
  line.cut();
  for (const text of ['one', 'two']) await ada.send(text);
  await ada.page.reload();
  await expect(ada.texts).toContainText(['one', 'two']);
  await ada.send('three');
  await expect(bob.texts).toHaveText([]);
  line.mend();
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(['one', 'two', 'three']);
});

test('S8: a message goes to the room it was typed in, whatever room is open when it can go', async ({
  guest,
  room,
  watch,
  line,
}) => {
  watch.allowNetworkTrouble();
  const ada = await guest('Ada', line);
  const bob = await guest('Bob');
  line.cut();
  await ada.send('for the first room');
  await ada.enter('Ada', `${room} too`);
  await ada.send('for the second room');
  await expect(bob.texts).toHaveText([]);
  line.mend();
  await expect(bob.texts).toHaveText(['for the first room']);
  await expect(ada.texts).toHaveText(['for the second room']);
  await ada.appear('Ada', room);
  await expect(ada.texts).toHaveText(['for the first room']);
});

test('S8: what waits for a room that one has left waits until one comes in again', async ({
  guest,
  script,
  room,
  watch,
  line,
}) => {
  watch.allowNetworkTrouble();
  const ada = await guest('Ada', line);
  const bob = await guest('Bob');
  const second = await script('Script', { room: `${room} too` });
  line.cut();
  await ada.send('for the first room');
  await ada.leave();
  await expect(ada.page).toHaveURL(`${ada.origin}/`);
  await ada.enter('Ada', second.room);
  await ada.send('for the second room');
  await ada.enter('Ada', `${room} as well`);
  line.mend();
  // What could have gone has gone by then.
  await expect.poll(() => textsOf(second.heard)).toEqual(['for the second room']);
  await bob.send('is she gone?');
  await expect(bob.texts).toHaveText(['is she gone?']);
  expect(await bob.here()).toEqual(['Bob']);
  await ada.appear('Ada', room);
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(['is she gone?', 'for the first room']);
});

test('S7: a server that is killed while one sends loses and doubles nothing', async ({
  ownServer,
  guest,
  script,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const server = await ownServer();
  const ada = await guest('Ada', server);
  const texts = Array.from({ length: 12 }, (_, at) => `message ${at + 1}`);
  for (const text of texts.slice(0, 6)) await ada.send(text);
  const killed = server.kill();
  for (const text of texts.slice(6)) await ada.send(text);
  await killed;
  await expect(ada.texts.last()).toContainText('Sending');
  await server.restart();
  await expect(ada.texts).toHaveText(texts);
  expect(textsOf(await (await script('Script', {}, server)).log())).toEqual(texts);
});

test('a message that is refused says why, and goes when it is tried again', async ({ guest, stranger, room }) => {
  const ada = await stranger();
  // Stands for a server that is stricter than the page: half of what is sent in the text is a character it does not take.
  await ada.context.routeWebSocket(/\/socket\.io\//u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => server.send(String(frame).replace('refused', String.raw`re\u0000fused`)));
  });
  await ada.appear('Ada', room);
  const bob = await guest('Bob');
  await ada.send('this is refused');
  const failed = ada.transcript.getByRole('group', { name: 'Not sent' });
  await expect(failed).toContainText('characters that cannot be stored');
  await expect(ada.page.getByRole('status', { name: 'News' })).toContainText('Not sent.');
  await ada.send('this is not');
  await expect(bob.texts).toHaveText(['this is not']);
  await failed.getByRole('button', { name: 'Edit' }).click();
  await expect(ada.composer).toHaveValue('this is refused');
  await expect(ada.composer).toBeFocused();
  await expect(failed).toHaveCount(0);
  await ada.send('this is taken');
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(['this is not', 'this is taken']);
});

test('R6: a text that is too long is refused beside the composer, and kept', async ({ guest }) => {
  const ada = await guest('Ada');
  const long = 'x'.repeat(4_001);
  await ada.composer.fill(long);
  await ada.composer.press('Enter');
  await expect(ada.page.getByRole('alert')).toContainText('too long: 4000 characters at most, and this has 4001');
  await expect(ada.composer).toHaveValue(long);
  await expect(ada.messages).toHaveCount(0);
  await ada.composer.fill(long.slice(1));
  await ada.composer.press('Enter');
  await expect(ada.texts).toHaveText([long.slice(1)]);
});

test('Shift+Enter breaks the line, Ctrl+Enter sends, and nothing is sent when there is nothing', async ({ guest }) => {
  const ada = await guest('Ada');
  await ada.composer.press('Enter');
  await ada.composer.pressSequentially('one');
  await ada.composer.press('Shift+Enter');
  await ada.composer.pressSequentially('two');
  await ada.composer.press('Control+Enter');
  await expect(ada.messages).toHaveCount(1);
  expect(await ada.texts.first().textContent()).toBe('one\ntwo');
});

test('on touch Enter breaks the line, and the button sends', async ({ stranger, room }) => {
  const ada = await (await stranger({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } })).appear(
    'Ada',
    room,
  );
  await ada.composer.pressSequentially('one');
  await ada.composer.press('Enter');
  await ada.composer.pressSequentially('two');
  await ada.page.getByRole('button', { name: 'Send' }).tap();
  await expect(ada.messages).toHaveCount(1);
  expect(await ada.texts.first().textContent()).toBe('one\ntwo');
});

test('a draft survives a reload, and stays with its room', async ({ guest, room }) => {
  const ada = await guest('Ada');
  await ada.composer.fill('half a thought');
  await ada.page.reload();
  await expect(ada.composer).toHaveValue('half a thought');
  await ada.appear('Ada', `${room} too`);
  await expect(ada.composer).toHaveValue('');
  await ada.appear('Ada', room);
  await expect(ada.composer).toHaveValue('half a thought');
  await ada.composer.press('Enter');
  await expect(ada.texts).toHaveText(['half a thought']);
  await ada.page.reload();
  await ada.isIn();
  await expect(ada.composer).toHaveValue('');
  await expect(ada.texts).toHaveText(['half a thought']);
});

test('point 27: two tabs of one member share the draft, and it is gone from both when it is sent', async ({
  guest,
}) => {
  const first = await guest('Ada');
  const second = await first.newTab();
  await second.page.goto(first.page.url());
  await second.isIn();
  await second.composer.blur();
  await first.composer.fill('half a thought');
  await expect(second.composer).toHaveValue('half a thought');
  await first.composer.press('Enter');
  await expect(second.composer).toHaveValue('');
  for (const tab of [first, second]) await expect(tab.texts).toHaveText(['half a thought']);
});

test('S6: two tabs of one member both write, and everything arrives once', async ({ guest, script, watch, line }) => {
  watch.allowNetworkTrouble();
  const first = await guest('Ada', line);
  const second = await first.newTab();
  await second.page.goto(first.page.url());
  await second.isIn();
  await first.send('one');
  await second.send('two');
  line.cut();
  await first.send('three');
  await second.send('four');
  line.mend();
  for (const tab of [first, second]) await expect(tab.texts).toHaveText(['one', 'two', 'three', 'four']);
  const other = await script('Script');
  await expect.poll(async () => textsOf(await other.log())).toEqual(['one', 'two', 'three', 'four']);
  for (const tab of [first, second]) await expect(tab.texts).toHaveText(['one', 'two', 'three', 'four']);
  await first.page.close();
  await second.send('five');
  await expect(second.texts).toHaveText(['one', 'two', 'three', 'four', 'five']);
});

test('H7: when the session has ended the page says so, and what waits goes out when the name is given again', async ({
  guest,
}) => {
  const ada = await guest('Ada');
  const bob = await guest('Bob');
  await ada.send('before');
  await expect(bob.texts).toHaveText(['before']);
  const { origin } = ada;
  await ada.context.request.post(`${origin}/sign-out`, { headers: { origin } });
  await expect(ada.page.getByRole('alert').filter({ hasText: 'Your session has ended' })).toBeVisible();
  await ada.send('after');
  await expect(ada.texts).toContainText(['before', 'after']);
  await ada.page.getByRole('link', { name: 'Give your name again' }).click();
  await ada.page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
  await ada.join();
  await ada.isIn();
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(['before', 'after']);
});
