// H8: what several devices of one session have in common on the wire, and what becomes of one that is signed out.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceId } from '../../protocol/ids.ts';
import type { Act } from '../rooms/act.ts';
import { signOut, signOutDevice, signOutOthers } from '../rooms/sign-out.ts';
import { newClientId } from '../rooms/node.contract.ts';
import { cookieName, hashToken, newToken } from '../session-token.ts';
import { wallClock } from '../clock.ts';
import { type Browser, KEY, LiveChat } from './live-chat.contract.ts';

const room = 'lobby';
/** Comes back at once, as a browser does. */
const backSoon = { reconnection: true, reconnectionDelay: 1, randomizationFactor: 0 };

let chat: LiveChat;
let act: Act;
let laptop: Browser;
let phone: Browser;

beforeEach(async () => {
  chat = await LiveChat.start();
  act = { store: chat.store, log: chat.log, clock: wallClock, newClientId };
  laptop = await chat.browser({ name: 'Ada', room });
  phone = await along(laptop.device);
});
afterEach(() => chat.close());

async function along(device: DeviceId): Promise<Browser> {
  const hashes = { linkHash: randomUUID(), typedHash: randomUUID() };
  await chat.store.devices.openCode(device, hashes);
  const token = newToken();
  const coming = { codeHash: hashes.linkHash, tokenHash: hashToken(token), name: 'A browser' };
  const came = await chat.store.devices.comeAlong(coming);
  if (!came.ok) throw new Error(came.code);
  const { id: session, device: own } = came.session;
  return { session, device: own, cookie: `${cookieName(chat.port, false)}=${token}` };
}

describe('two devices of a session', () => {
  test('P1 H8: are in a room as one member, under one name and without a second notice', async () => {
    const eve = await chat.person('Eve', room);
    const [one, other] = [await chat.tab(laptop), await chat.tab(phone)];
    const first = await one.granted('join', { room });
    const second = await other.granted('join', { room });
    expect(second.me).toEqual(first.me);
    expect(second.here.map(({ name }) => name)).toEqual(['Eve', 'Ada']);
    await other.granted('message', { room, items: [{ clientId: newClientId(), text: 'from my phone' }] });
    await one.hears('Ada: from my phone');
    await eve.hears('Ada: from my phone');
    expect(eve.story.filter((line) => line === 'Ada connects')).toHaveLength(1);
  });

  test('T4 L12 H8: share how far they have read', async () => {
    const eve = await chat.person('Eve', room);
    const [one, other] = [await chat.tab(laptop), await chat.tab(phone)];
    await one.granted('join', { room });
    await other.granted('join', { room });
    const said = await eve.granted('message', { room, items: [{ clientId: newClientId(), text: 'a' }] });
    const [result] = said.results;
    const seq = result && 'seq' in result ? result.seq : 0;
    const told = other.signalled('read');
    await one.granted('read', { room, seq });
    expect(await told).toEqual({ kind: 'read', room, seq });
    expect((await other.granted('rooms', {})).rooms).toMatchObject([{ room, unread: 0 }]);
  });

  test('P3 H8: leaving on one of them leaves on both', async () => {
    const eve = await chat.person('Eve', room);
    const [one, other] = [await chat.tab(laptop), await chat.tab(phone)];
    await one.granted('join', { room });
    await other.granted('join', { room });
    const left = other.signalled('left');
    await one.granted('leave', { room });
    expect(await left).toEqual({ kind: 'left', room });
    await eve.hears('Ada disconnects');
  });
});

describe('a device that is signed out', () => {
  test('H7 H8: is closed, is told to sign in again, and the other one stays in its room', async () => {
    const [one, other] = [await chat.tab(laptop), await chat.tab(phone, backSoon)];
    await one.granted('join', { room });
    await other.granted('join', { room });
    const closed = other.closed();
    const refused = closed.then(() => other.refusal());
    await signOutDevice(act, chat.gateway, { id: laptop.session, device: phone.device });
    expect(await closed).toBe('transport close');
    expect(await refused).toMatchObject({ code: 'signInAgain' });
    await one.granted('message', { room, items: [{ clientId: newClientId(), text: 'still here' }] });
    expect(one.story).not.toContain('Ada disconnects');
  });

  test.each([
    ['H8: of a device', () => signOutDevice(act, chat.gateway, { id: laptop.session, device: phone.device })],
    ['N7: of a session', () => signOut(act, chat.gateway, laptop.session)],
  ])('%s that is signed out, what comes in by a handshake that was under way then is closed too', async (_, end) => {
    const session = chat.store.session.bind(chat.store);
    let answer = (): void => undefined;
    const isSignedOut = new Promise<void>((resolve) => (answer = resolve));
    const known = new Promise<void>((resolve) => {
      chat.store.session = async (hash) => {
        const found = await session(hash);
        resolve();
        await isSignedOut;
        return found;
      };
    });
    const tab = chat.client({ extraHeaders: { cookie: phone.cookie, origin: chat.url } });
    const over = new Promise<void>((resolve) => {
      tab.socket.io.once('close', () => resolve());
    });
    await known;
    await end();
    answer();
    await over;
    expect(chat.gateway.size).toBe(0);
  });

  test('H8: everywhere else: this one’s connections stay', async () => {
    const third = await along(laptop.device);
    const one = await chat.tab(laptop);
    const others = [await chat.tab(phone), await chat.tab(third)];
    const closed = others.map((tab) => tab.closed());
    await signOutOthers(act, chat.gateway, { id: laptop.session, device: laptop.device });
    expect(await Promise.all(closed)).toEqual(['transport close', 'transport close']);
    await one.granted('rooms', {});
  });

  test('N7 H8: the last one signs out: its names are free', async () => {
    await signOutDevice(act, chat.gateway, { id: laptop.session, device: phone.device });
    const eve = await chat.person('Eve', room);
    const tab = await chat.tab(laptop);
    await tab.granted('join', { room });
    const closed = tab.closed();
    await signOutDevice(act, chat.gateway, { id: laptop.session, device: laptop.device });
    await closed;
    await eve.hears('Ada disconnects');
    await chat.person('Ada', room);
  });

  test('H4 H8: a script’s key is its one device', async () => {
    const script = await chat.script({ name: 'Robot', room, key: KEY });
    const { me } = await script.granted('join', { room });
    const { session } = (await chat.store.member(me.id))!;
    expect(await chat.store.devices.of(session)).toMatchObject([{ name: 'A script' }]);
  });
});
