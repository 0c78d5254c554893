import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { newToken } from '../session-token.ts';
import { KEY, LiveChat } from './live-chat.contract.ts';

let chat: LiveChat;

beforeEach(async () => {
  chat = await LiveChat.start();
});
afterEach(() => chat.close());

const refusedAs = (code: string) => ({ code, message: expect.any(String) });
const cookieHeaders = (cookie: string) => ({ extraHeaders: { cookie, origin: chat.url } });

describe('H4: a script', () => {
  test('H4: is in the room of its handshake on connecting', async () => {
    const one = await chat.script({ name: 'One', room: 'Lobby', key: KEY });
    await one.hears('One connects');
    expect(await one.granted('message', 'hello')).toMatchObject({ results: [{ seq: 2, duplicate: false }] });
    await one.hears('One: hello');
  });

  test('H4: may send before it is in: its requests wait for that, in their order', async () => {
    const open = chat.store.shut('heads');
    const one = await chat.script({ name: 'One', room: 'Lobby' });
    const both = [one.granted('message', 'first'), one.granted('message', 'second')];
    // By now they have arrived.
    await (await chat.tab(await chat.browser())).granted('rooms', {});
    open();
    expect(await Promise.all(both)).toMatchObject([{ results: [{ seq: 2 }] }, { results: [{ seq: 3 }] }]);
  });

  test('H4: with the same key is the same member after every reconnect', async () => {
    const auth = { name: 'One', room: 'Lobby', key: KEY };
    const first = await (await chat.script(auth)).granted('join', { room: 'lobby' });
    const second = await (await chat.script(auth)).granted('join', { room: 'lobby' });
    expect(second.me).toEqual(first.me);
  });

  test('H5: without a key is told of at once when it goes, and its name is free', async () => {
    const eve = await chat.person('Eve', 'lobby');
    const one = await chat.script({ name: 'One', room: 'lobby' });
    await eve.hears('One connects');
    one.socket.disconnect();
    await eve.hears('One disconnects');
    await chat.person('One', 'lobby');
  });

  test('H5: without a key is closed when its name is taken before it is in the room', async () => {
    const open = chat.store.shut('heads');
    const one = await chat.script({ name: 'One', room: 'lobby' });
    const closed = one.closed();
    await chat.browser({ name: 'One', room: 'lobby' });
    open();
    expect(await closed).toBe('transport close');
    expect(one.heard).toEqual([]);
  });

  test('H5: a key that is a cookie’s token opens nobody else’s session', async () => {
    const browser = await chat.browser({ name: 'Ada', room: 'lobby' });
    const token = browser.cookie.split('=')[1] ?? '';
    const thief = chat.client({ auth: { name: 'Ada', room: 'lobby', key: token } });
    expect(await thief.refusal()).toEqual(refusedAs('nameTaken'));
    const script = await chat.script({ name: 'Bob', room: 'lobby', key: KEY });
    const asCookie = chat.client(cookieHeaders(browser.cookie.replace(token, KEY)));
    expect(await asCookie.refusal()).toEqual(refusedAs('signInAgain'));
    expect(script.socket.connected).toBe(true);
  });

  test.each([
    [{ name: '', room: 'lobby' }, 'nameInvalid'],
    [{ name: 'Admin', room: 'lobby' }, 'nameReserved'],
    [{ name: 'One', room: 'a/b' }, 'invalid'],
    [{ name: 'One', room: '..' }, 'invalid'],
    [{ name: 'One' }, 'invalid'],
    [{ room: 'lobby' }, 'invalid'],
    [{ key: KEY }, 'invalid'],
    [{ name: 'One', room: 'lobby', key: 'short' }, 'invalid'],
    [{ name: 'One', room: 'lobby', admin: true }, 'invalid'],
    [{ name: ['One'], room: 'lobby' }, 'invalid'],
    [{ name: 'One', room: 'lobby', protocol: 'x' }, 'invalid'],
  ])('is refused as %j', async (auth, code) => {
    expect(await chat.client({ auth }).refusal()).toEqual(refusedAs(code));
    expect(chat.gateway.size).toBe(0);
  });

  test('N4: with a name that is somebody’s is refused', async () => {
    await chat.person('Ada', 'lobby');
    expect(await chat.client({ auth: { name: 'Аdа', room: 'lobby' } }).refusal()).toEqual(refusedAs('nameTaken'));
  });

  test('may be in a room called __proto__', async () => {
    const one = await chat.script({ name: 'constructor', room: '__proto__', key: KEY });
    await one.granted('message', 'hello');
    expect((await one.hears('constructor: hello')).room).toBe('__proto__');
  });
});

describe('H1: a browser', () => {
  test('H1: is who its cookie says', async () => {
    const tab = await chat.tab(await chat.browser({ name: 'Ada', room: 'lobby' }));
    expect((await tab.granted('join', { room: 'lobby' })).me.name).toBe('Ada');
  });

  test('H7: without a session, or with one that has ended, is told to sign in again', async () => {
    expect(await chat.client().refusal()).toEqual(refusedAs('signInAgain'));
    const browser = await chat.browser();
    await chat.store.endSession(browser.session);
    expect(await chat.client(cookieHeaders(browser.cookie)).refusal()).toEqual(refusedAs('signInAgain'));
    expect(await chat.client(cookieHeaders(`snug-${chat.port}=${newToken()}`)).refusal()).toEqual(
      refusedAs('signInAgain'),
    );
  });

  test('H1: a token that was replaced is dead once the new one was used, and open connections stay', async () => {
    const browser = await chat.browser({ name: 'Ada', room: 'lobby' });
    const tab = await chat.tab(browser);
    await chat.store.openSession('another hash', { replaces: browser.device });
    await chat.store.session('another hash');
    expect((await tab.granted('join', { room: 'lobby' })).me.name).toBe('Ada');
    expect(await chat.client(cookieHeaders(browser.cookie)).refusal()).toEqual(refusedAs('signInAgain'));
  });

  test('W1: a page two versions older is outdated, one of a newer version is not', async () => {
    const browser = await chat.browser();
    const old = chat.client({ ...cookieHeaders(browser.cookie), auth: { protocol: PROTOCOL_VERSION - 2 } });
    // Version 1 has no such predecessor: what is no version at all is refused as well.
    expect(await old.refusal()).toEqual(refusedAs(PROTOCOL_VERSION > 2 ? 'outdated' : 'invalid'));
    await chat.tab(browser, { auth: { protocol: PROTOCOL_VERSION + 1 } });
  });
});

describe('while the store is away', () => {
  test('a handshake is not refused for good: the connection closes, and the client comes back', async () => {
    const browser = await chat.browser({ name: 'Ada', room: 'lobby' });
    chat.store.isAway = true;
    const tab = chat.client({
      ...cookieHeaders(browser.cookie),
      reconnection: true,
      reconnectionDelay: 10,
      reconnectionDelayMax: 10,
    });
    await new Promise<void>((resolve) => tab.socket.io.once('reconnect_attempt', () => resolve()));
    chat.store.isAway = false;
    await tab.connected();
    expect((await tab.granted('join', { room: 'lobby' })).me.name).toBe('Ada');
    expect(chat.logged.map(({ message }) => message)).toContain('A handshake could not be answered.');
  });
});

test('the main namespace, and any other, is refused', async () => {
  for (const namespace of ['/', '/other', '/chat/lobby', '/__proto__']) {
    expect(await chat.client({ auth: { name: 'One', room: 'lobby' } }, namespace).refusal()).toBe('Invalid namespace');
  }
});

test('a connection that asks for its namespace again, before it was answered, is closed', async () => {
  const { cookie } = await chat.browser({ name: 'Ada', room: 'lobby' });
  const open = chat.store.shut('session');
  const ada = chat.client({ ...cookieHeaders(cookie), autoConnect: false });
  const closed = new Promise((resolve) => ada.socket.io.once('close', resolve));
  ada.socket.io.open(() => {
    for (let i = 0; i < 2; i += 1) ada.socket.io.engine.write('0/chat,{}');
  });
  await closed;
  open();
  await chat.person('Eve', 'lobby');
  expect(chat.gateway.size).toBe(1);
});
