import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../protocol/entries.ts';
import type { Address, EntryId } from '../../protocol/ids.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { LinkState } from '../state/room-state.ts';
import { ChatSocket } from './chat-socket.ts';
import { HandClock } from './hand-clock.ts';

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Socket.IO itself, with the namespace's connections in the test's hands. */
async function startServer(refuse: () => string | undefined = () => undefined) {
  const http: HttpServer = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server = new Server(http, { serveClient: false });
  const sockets: Socket[] = [];
  server.of('/chat').use((_socket, next) => {
    const code = refuse();
    if (!code) return next();
    next(Object.assign(new Error('in words'), { data: { code, message: 'in words' } }));
  });
  const begunWith: string[] = [];
  server.of('/chat').on('connection', (socket) => {
    sockets.push(socket);
    begunWith.push(socket.conn.transport.name);
  });
  closing.push(() => server.close());
  const { port } = http.address() as AddressInfo;
  return { http, server, sockets, begunWith, origin: `http://127.0.0.1:${port}` };
}

/** As a proxy does that knows no WebSocket: it takes the connection, and never says anything. Lets them through again. */
function swallowUpgrades(http: HttpServer): () => void {
  const [answer] = http.listeners('upgrade');
  const swallowed: Duplex[] = [];
  http.removeAllListeners('upgrade');
  http.on('upgrade', (_request, socket) => swallowed.push(socket));
  closing.push(() => swallowed.forEach((socket) => socket.destroy()));
  return () => {
    http.removeAllListeners('upgrade');
    http.on('upgrade', (...given) => answer?.apply(http, given));
  };
}

function openSocket(origin: string) {
  const clock = new HandClock();
  const entries: Entry[] = [];
  const told: string[] = [];
  let notice = () => {};
  const noticed = () => notice();
  const socket = new ChatSocket({
    origin,
    clock,
    random: () => 0.5,
    events: {
      changed: noticed,
      connected: () => told.push('connected'),
      disconnected: () => told.push('disconnected'),
      entry: (arrived) => {
        entries.push(arrived);
        noticed();
      },
      signal: (signal) => {
        told.push(signal.kind === 'typing' ? `${signal.by.name} typing` : signal.kind);
        noticed();
      },
    },
  });
  closing.push(() => socket.close());
  /** Waits for what the network brings: nothing else moves this clock. */
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      notice = () => isSo() && resolve();
      notice();
    });
  const becomes = (kind: LinkState['kind']) => until(() => socket.state.kind === kind);
  return { socket, clock, entries, told, until, becomes };
}

const entry: Entry = { room: 'tea' as Address, seq: 1, id: 'e1' as EntryId, kind: 'void' };

describe('the connection', () => {
  it('is made on the namespace, over WebSocket, and says the version of the protocol', async () => {
    const { origin, sockets } = await startServer();
    const { socket, told, becomes } = openSocket(origin);
    expect(socket.state.kind).toBe('connecting');
    socket.open();
    await becomes('online');
    expect(told).toEqual(['connected']);
    expect(sockets[0]?.handshake.auth).toEqual({ protocol: PROTOCOL_VERSION });
    expect(sockets[0]?.conn.transport.name).toBe('websocket');
  });

  it('R1: resolves a request with its reply, and delivers live entries of all kinds', async () => {
    const { origin, sockets } = await startServer();
    const { socket, entries, until, becomes } = openSocket(origin);
    socket.open();
    await becomes('online');
    sockets[0]?.on('rooms', (_request, reply) => reply({ ok: true, rooms: [] }));
    expect(await socket.ask('rooms', {})).toEqual({ ok: true, rooms: [] });
    for (const event of ['message', 'options', 'change']) sockets[0]?.emit(event, entry);
    await until(() => entries.length === 3);
    expect(entries).toEqual([entry, entry, entry]);
  });

  it('T1: delivers signals', async () => {
    const { origin, sockets } = await startServer();
    const { socket, told, until, becomes } = openSocket(origin);
    socket.open();
    await becomes('online');
    sockets[0]?.emit('signal', { room: 'tea', kind: 'typing', by: { id: 'm-ada', name: 'Ada' } });
    await until(() => told.includes('Ada typing'));
  });

  it('S7: a request is given 10 s', async () => {
    const { origin } = await startServer();
    const { socket, clock, becomes } = openSocket(origin);
    socket.open();
    await becomes('online');
    let answer: unknown = 'none yet';
    const asked = socket.ask('rooms', {}).then((reply) => (answer = reply));
    await clock.advance(9_999);
    expect(answer).toBe('none yet');
    await clock.advance(1);
    await asked;
    expect(answer).toBeUndefined();
  });

  it('what is asked without a connection is not sent by a later one', async () => {
    const { origin, sockets } = await startServer();
    const { socket, becomes } = openSocket(origin);
    const events: string[] = [];
    socket.open();
    expect(await socket.ask('leave', { room: 'tea' })).toBeUndefined();
    await becomes('online');
    sockets[0]?.onAny((event: string, _request, reply: (reply: object) => void) => {
      events.push(event);
      reply({ ok: true, rooms: [] });
    });
    await socket.ask('rooms', {});
    expect(events).toEqual(['rooms']);
  });

  it('comes back after the server has closed it, within half a second at first; open requests end', async () => {
    const { origin, sockets } = await startServer();
    const { socket, clock, told, becomes } = openSocket(origin);
    socket.open();
    await becomes('online');
    const asked = socket.ask('rooms', {});
    const lostAt = clock.now();
    sockets[0]?.disconnect(true);
    await becomes('waiting');
    expect(await asked).toBeUndefined();
    socket.renew();
    expect(socket.state).toEqual({ kind: 'waiting', since: lostAt, until: lostAt + 250 });
    await clock.advance(250);
    expect(socket.state).toEqual({ kind: 'connecting', since: lostAt });
    await becomes('online');
    expect(told).toEqual(['connected', 'disconnected', 'connected']);
  });

  it('waits longer each time, up to 10 s, while there is no server; and not at all when told to try', async () => {
    const { socket, clock, becomes } = openSocket('http://127.0.0.1:9');
    socket.open();
    for (const pause of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      await becomes('waiting');
      expect(socket.state).toMatchObject({ until: clock.now() + pause });
      await clock.advance(pause);
    }
    await becomes('waiting');
    socket.tryNow();
    expect(socket.state.kind).toBe('connecting');
  });

  it('goes on waiting longer when connections are cut as soon as they are made', async () => {
    const { origin, server } = await startServer();
    server.of('/chat').on('connection', (socket) => socket.disconnect(true));
    const { socket, clock, becomes } = openSocket(origin);
    socket.open();
    for (const pause of [250, 500, 1_000]) {
      await becomes('waiting');
      expect(socket.state).toMatchObject({ until: clock.now() + pause });
      await clock.advance(pause);
    }
  });

  it('gives up a way to a server that takes more than 10 s', async () => {
    const { origin, server } = await startServer();
    server.of('/chat').use(() => {});
    const { socket, clock, told } = openSocket(origin);
    socket.open();
    await clock.advance(10_000);
    expect(socket.state.kind).toBe('waiting');
    expect(told).toEqual([]);
  });

  it('begins with polling where WebSocket is swallowed, and with WebSocket again once it has come through', async () => {
    const { http, origin, sockets, begunWith } = await startServer();
    const letThrough = swallowUpgrades(http);
    const { socket, clock, becomes } = openSocket(origin);
    socket.open();
    await clock.advance(10_000);
    expect(socket.state.kind).toBe('waiting');
    await clock.advance(250);
    await becomes('online');
    sockets[0]?.on('rooms', (_request, reply) => reply({ ok: true, rooms: [] }));
    expect(await socket.ask('rooms', {})).toEqual({ ok: true, rooms: [] });
    letThrough();
    socket.renew();
    await becomes('online');
    const conn = sockets[1]?.conn;
    if (conn?.transport.name === 'polling') await new Promise((resolve) => conn.once('upgrade', resolve));
    socket.renew();
    await becomes('online');
    expect(begunWith).toEqual(['polling', 'polling', 'websocket']);
  });

  it('goes over to polling at once where WebSocket is refused', async () => {
    const { http, origin, begunWith } = await startServer();
    http.removeAllListeners('upgrade');
    http.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const { socket, becomes } = openSocket(origin);
    socket.open();
    await becomes('online');
    expect(begunWith).toEqual(['polling']);
  });

  it('H7: a handshake that is refused for good ends it, with the code; one that says again does not', async () => {
    let code: string | undefined = 'busy';
    const { origin } = await startServer(() => code);
    const { socket, clock, becomes } = openSocket(origin);
    socket.open();
    await becomes('waiting');
    code = 'signInAgain';
    await clock.advance(250);
    await becomes('ended');
    expect(socket.state).toEqual({ kind: 'ended', code: 'signInAgain', message: 'in words' });
    await clock.advance(60_000);
    expect(socket.state.kind).toBe('ended');
    code = 'a code of tomorrow';
    socket.open();
    await becomes('ended');
    expect(socket.state).toMatchObject({ code: 'outdated' });
    code = undefined;
    socket.open();
    await becomes('online');
  });

  it('S7: renewing makes another connection, once, and nothing of the old one arrives any more', async () => {
    const { origin, sockets } = await startServer();
    const { socket, entries, told, until, becomes } = openSocket(origin);
    socket.open();
    await becomes('online');
    const asked = socket.ask('rooms', {});
    socket.renew();
    socket.renew();
    sockets[0]?.emit('message', { ...entry, seq: 9 });
    expect(await asked).toBeUndefined();
    await becomes('online');
    sockets[1]?.emit('message', entry);
    await until(() => entries.length > 0);
    expect(entries).toEqual([entry]);
    expect(told).toEqual(['connected', 'disconnected', 'connected']);
    expect(sockets).toHaveLength(2);
  });

  it('says so when the browser is offline, tries all the same, and at once when it is back', async () => {
    const { socket, clock, becomes } = openSocket('http://127.0.0.1:9');
    socket.open();
    await becomes('waiting');
    socket.networkChanged(false);
    expect(socket.state.kind).toBe('offline');
    await clock.advance(250);
    expect(socket.state.kind).toBe('connecting');
    await becomes('offline');
    socket.networkChanged(true);
    expect(socket.state.kind).toBe('connecting');
  });
});
