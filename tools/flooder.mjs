// One hostile client, in a process of its own: `node tools/flooder.mjs <flood> <port>`. It goes on until it is killed.
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';

/** Loopback has sixteen million addresses: so it is not limited together with those who are measured. */
const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
const ROOM = 'measured';
const [flood = '', port = ''] = process.argv.slice(2);

/** @type {Record<string, () => Promise<void>>} */
const RUNS = { messages, reads, handshakes, silent, half, pings, pages, files, forms, heads };
const run = RUNS[flood];
if (!run) throw new Error(`There is no flood ${flood}: known are ${Object.keys(RUNS).join(', ')}.`);
await run();
// Whatever it holds open it keeps.
setInterval(() => undefined, 60_000);

/** As many connections as one session may have, each as fast as the kernel takes it; one that is cut comes back. */
async function messages() {
  const key = randomBytes(24).toString('base64url');
  const text = 'x'.repeat(400);
  for (let n = 0; n < 30; n += 1) {
    const socket = script({ name: 'Flood', room: ROOM, key });
    const send = () => {
      if (!socket.connected) return;
      const items = Array.from({ length: 100 }, () => ({ clientId: randomUUID(), text }));
      for (let i = 0; i < 20; i += 1) socket.emit('message', { room: ROOM, items });
    };
    setInterval(send, 20);
  }
}

/** Slow enough not to be cut, and each question is answered with as much as an answer may hold. */
async function reads() {
  const key = randomBytes(24).toString('base64url');
  for (let n = 0; n < 30; n += 1) {
    const socket = script({ name: 'Flood', room: ROOM, key });
    setInterval(() => socket.emit('catchUp', { room: ROOM, after: 0 }), 50);
    setInterval(() => socket.emit('join', { room: ROOM }), 50);
  }
}

/** New connections, as fast as they are answered. */
async function handshakes() {
  askOnAndOn((agent) => ask('/socket.io/?EIO=4&transport=polling', agent));
}

/** 300 that are in the room, read nothing more, and answer no ping. They come within six seconds: this is about their staying. */
async function silent() {
  for (let n = 0; n < 300; n += 1) {
    const socket = script({ name: `Silent ${n}`, room: ROOM }, n);
    socket.once('connect', () => {
      const { ws } = /** @type {{ ws?: { pause(): void } }} */ (/** @type {unknown} */ (socket.io.engine.transport));
      ws?.pause();
    });
    if (n % 50 === 49) await sleep(1_000);
  }
}

/** 1,000 of each way to begin and not go on: bytes of a request, a polling and a WebSocket without a namespace. */
async function half() {
  for (let n = 0; n < 1_000; n += 1) {
    const address = ADDRESSES[n % ADDRESSES.length];
    if (n % 3 === 0) wire(address).write('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ');
    else if (n % 3 === 1) void ask('/socket.io/?EIO=4&transport=polling', new Agent({ localAddress: address }));
    else wire(address).write(upgrade());
    if (n % 100 === 99) await sleep(50);
  }
}

/** Pings of WebSocket's own, which the other side has to answer, from one who never reads; cut, it comes back. */
async function pings() {
  const frame = Buffer.alloc(131, 'x');
  frame.writeUInt16BE(0x89fd);
  const many = Buffer.concat(Array.from({ length: 500 }, () => frame));
  const again = () => {
    const socket = wire(ADDRESSES[0]).pause();
    socket.write(upgrade());
    const push = () => {
      if (socket.write(many)) setImmediate(push);
      else socket.once('drain', push);
    };
    socket.once('connect', () => setTimeout(push, 100));
    socket.once('close', () => setTimeout(again, 50));
  };
  for (let n = 0; n < 5; n += 1) again();
}

async function pages() {
  askOnAndOn((agent) => ask('/', agent));
}

/** Each time the largest of those that the first page names. */
async function files() {
  const page = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  const font = /href="(\/assets\/[^"]+\.woff2)"/u.exec(page)?.[1];
  if (font === undefined) throw new Error('The first page names no font.');
  askOnAndOn((agent) => ask(font, agent));
}

async function forms() {
  let sent = 0;
  askOnAndOn((agent) => {
    sent += 1;
    const name = sent % 2 === 0 ? 'Admin' : `Flood ${sent}`;
    return ask('/', agent, new URLSearchParams({ name, room: ROOM }).toString());
  });
}

/** As many as it is let have, and again and again. */
async function heads() {
  const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Pad: ${'x'.repeat(15_000)}`;
  const again = () => {
    const socket = wire(ADDRESSES[0]);
    socket.write(head);
    socket.once('close', () => setTimeout(again, 1_000));
  };
  for (let n = 0; n < 4_000; n += 1) {
    again();
    if (n % 400 === 399) await sleep(100);
  }
}

/** From one address, fifty at a time. @param {(agent: Agent) => Promise<void>} once */
function askOnAndOn(once) {
  const agent = new Agent({ keepAlive: true, localAddress: ADDRESSES[0], maxSockets: 50 });
  const again = async () => {
    for (;;) await once(agent);
  };
  for (let n = 0; n < 50; n += 1) void again();
}

/** @param {Record<string, string>} auth */
function script(auth, nth = 0) {
  const agent = new Agent({ localAddress: ADDRESSES[nth % ADDRESSES.length] });
  return io(`http://127.0.0.1:${port}/chat`, {
    auth,
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 50,
    // Its types are of browsers, where there are no agents.
    agent: /** @type {never} */ (agent),
  });
}

/** @param {string | undefined} localAddress */
function wire(localAddress) {
  const socket = connect({ host: '127.0.0.1', port: Number(port), ...(localAddress && { localAddress }) });
  return socket.on('error', () => undefined);
}

function upgrade() {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n');
}

/** With a form, sends it. @param {string} path @param {Agent} agent @param {string} [form] @returns {Promise<void>} */
function ask(path, agent, form) {
  return new Promise((resolve) => {
    const method = form === undefined ? 'GET' : 'POST';
    const headers = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = request({ host: '127.0.0.1', port: Number(port), path, agent, method, headers });
    asked.once('response', (response) => response.resume().once('close', () => resolve()));
    asked.once('error', () => setTimeout(resolve, 10)).end(form);
  });
}
