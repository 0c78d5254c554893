import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { LIMITS } from '../limits/limits.ts';
import { inShort } from '../rooms/node.contract.ts';
import { itemOf, LiveChat } from './live-chat.contract.ts';
import { createSocketServer, type SocketServerParts } from './socket-server.ts';
import { MAX_WAITING_PACKETS } from './waiting.ts';

const room = 'lobby';
const fail = (): never => {
  throw new Error('nobody foresaw it');
};

describe('I8: what nobody foresaw ends one connection, and nobody else’s', () => {
  let chat: LiveChat;

  beforeEach(async () => {
    const packets = { amount: 1, perMs: 86_400_000, burst: 30 };
    chat = await LiveChat.start({ graceMs: 50, limits: { ...LIMITS, packets } });
  });
  afterEach(() => chat.close());

  const told = () => chat.logged.filter(({ message }) => message === 'something failed that nobody foresaw');

  async function expectTalk(): Promise<void> {
    const eve = await chat.person('Eve', room);
    await eve.granted('message', { room, items: [itemOf('still here')] });
    await eve.hears('Eve: still here');
  }

  test('when it goes: nobody finds it any more', async () => {
    const rooms = [room, 'garden'];
    const browser = await chat.browser(...rooms.map((one) => ({ name: 'Ada', room: one })));
    const ada = await chat.tab(browser);
    for (const one of rooms) await ada.granted('join', { room: one });
    const garden = (await chat.store.room('garden' as never))!.id;
    const [member] = await chat.store.membersOf(browser.session, garden);
    const left = new Promise<void>((resolve) => {
      chat.log.leave = () => {
        resolve();
        fail();
      };
    });
    ada.socket.disconnect();
    await left;
    Reflect.deleteProperty(chat.log, 'leave');
    expect(chat.gateway.size).toBe(0);
    expect(chat.gateway.takeOut(garden, member!.id)).toMatchObject({ connections: 0 });
    await expectTalk();
    expect(told()).toHaveLength(1);
  });

  test('when a packet comes', async () => {
    const ada = await chat.person('Ada', room);
    const closed = ada.closed();
    chat.reached.push = fail;
    for (let i = 0; i < 40; i += 1) ada.socket.emit('rooms', {});
    expect(await closed).toMatch(/transport/u);
    await expectTalk();
    expect(told()).toHaveLength(1);
  });

  test('when it shakes hands', async () => {
    const browser = await chat.browser({ name: 'Ada', room });
    chat.store.session = fail;
    chat.logged.push = fail;
    const ada = chat.client({ extraHeaders: { cookie: browser.cookie, origin: chat.url } });
    await ada.closed();
    for (const [whole, name] of [[chat.store, 'session'] as const, [chat.logged, 'push'] as const])
      Reflect.deleteProperty(whole, name);
    await expectTalk();
  });

  test('C10: what could not be delivered is acknowledged, and whoever missed it comes back and asks', async () => {
    const back = { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 10 };
    const ada = await chat.tab(await chat.browser({ name: 'Ada', room }), back);
    const { head, headId } = await ada.granted('join', { room });
    const closed = ada.closed();
    chat.gateway.deliver = fail;
    ada.socket.emit('message', { room, items: [itemOf('hello')] });
    expect(await closed).toBe('transport close');
    Reflect.deleteProperty(chat.gateway, 'deliver');
    await ada.connected();
    const { entries, reset } = await ada.granted('join', { room, after: [head, headId] });
    expect([entries.map(inShort)[0], reset]).toEqual(['Ada: hello', false]);
    expect(told()).toHaveLength(1);
  });

  test('when it begins', async () => {
    chat.tolls.pay = fail;
    const refused = await fetch(`${chat.url}/socket.io/?EIO=4&transport=polling`);
    expect(refused.status).toBe(400);
    Reflect.deleteProperty(chat.tolls, 'pay');
    await expectTalk();
    expect(told()).toHaveLength(1);
  });
});

describe('I8: what nobody foresaw, before it is a connection of a room', () => {
  async function start(parts: Partial<SocketServerParts>) {
    const httpServer = createServer();
    const failures: unknown[] = [];
    const server = createSocketServer({
      httpServer,
      mayAct: () => true,
      isAccepting: () => true,
      onSlow: () => undefined,
      failed: (error) => failures.push(error),
      pingMs: 20_000,
      pingTimeoutMs: 15_000,
      connectMs: 10_000,
      ...parts,
    });
    httpServer.listen(0, '127.0.0.1');
    await once(httpServer, 'listening');
    onTestFinished(() => server.close());
    const { port } = httpServer.address() as AddressInfo;
    return { address: `http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`, failures };
  }

  test('is told, and the request refused', async () => {
    for (const [part, status] of [
      ['isAccepting', 403],
      ['isSecure', 400],
    ] as const) {
      const { address, failures } = await start({ [part]: fail });
      expect((await fetch(address)).status).toBe(status);
      expect(failures).toHaveLength(1);
    }
  });

  test('is told, and the connection hung up', async () => {
    const { address, failures } = await start({ onSlow: fail });
    const { sid } = JSON.parse((await (await fetch(address)).text()).slice(1)) as { sid: string };
    const asks = Array.from({ length: MAX_WAITING_PACKETS + 1 }, () => '40/x,').join('\x1e');
    await fetch(`${address}&sid=${sid}`, { method: 'POST', body: asks }).catch(() => undefined);
    expect((await fetch(`${address}&sid=${sid}`)).status).toBe(400);
    expect(failures).toHaveLength(1);
  });
});
