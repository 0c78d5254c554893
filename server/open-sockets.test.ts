import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OpenSockets } from './open-sockets.ts';

/** A server that answers when it is told to, and sockets that it has heard of in the order in which they were opened. */
class Door {
  readonly reached: string[] = [];
  readonly failures: unknown[] = [];
  /** What the next sockets come from. */
  network: string | undefined = 'a';
  readonly #asked: ServerResponse[] = [];
  readonly #server = createServer((_, response) => void this.#asked.push(response));

  static async open(socketsOfAddress: number, sockets = 100): Promise<Door> {
    const door = new Door();
    const server = door.#server;
    // As Engine.IO, it takes these and leaves them open.
    server.on('upgrade', (_, socket: Socket) => void socket.on('error', () => undefined));
    new OpenSockets({
      limits: { socketsOfAddress, sockets },
      networkOf: () => door.network,
      isCarrying: ({ url }) => url === '/carrying',
      reached: (limit) => void door.reached.push(limit),
      failed: (error) => void door.failures.push(error),
    }).watch(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => server.close().closeAllConnections());
    return door;
  }

  async connect(text = ''): Promise<Line> {
    const accepted = once(this.#server, 'connection') as Promise<[Socket]>;
    const here = connect((this.#server.address() as AddressInfo).port, '127.0.0.1')
      .on('error', () => undefined)
      .resume();
    const [there] = await accepted;
    const line = new Line(here, there);
    if (text !== '') await line.write(text);
    return line;
  }

  connectMany(count: number, text = ''): Promise<Line[]> {
    return Array.from({ length: count }).reduce<Promise<Line[]>>(
      async (lines) => [...(await lines), await this.connect(text)],
      Promise.resolve([]),
    );
  }

  /** With a request, which waits for its answer. */
  async asking(line: Line, path = '/'): Promise<ServerResponse> {
    const came = once(this.#server, 'request') as Promise<[unknown, ServerResponse]>;
    await line.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const [, response] = await came;
    return response;
  }

  /** Resolves when the server has seen it leave. */
  async answer(response: ServerResponse): Promise<void> {
    const gone = once(response, 'close');
    response.end('done');
    await gone;
  }

  async upgrade(line: Line, path: string): Promise<void> {
    const came = once(this.#server, 'upgrade');
    await line.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n`);
    await came;
  }
}

/** Both ends of it. */
class Line {
  readonly #here: Socket;
  readonly #there: Socket;

  constructor(here: Socket, there: Socket) {
    this.#here = here;
    this.#there = there;
    onTestFinished(() => void here.destroy());
  }

  /** By the server. */
  get isClosed(): boolean {
    return this.#there.destroyed;
  }

  write(text: string): Promise<void> {
    return new Promise((resolve) => this.#here.write(text, () => resolve()));
  }

  async leave(): Promise<void> {
    const gone = new Promise((resolve) => this.#there.once('close', resolve));
    this.#here.destroy();
    await gone;
  }
}

const areClosed = (lines: readonly Line[]) => lines.map(({ isClosed }) => isClosed);

describe('E7: of an address that opens one too many', () => {
  test.each([
    ['nothing', ''],
    ['half a head', 'GET / HTTP/1.1\r\nHost: x\r\nX-Pad: '],
  ])('E7: the one is closed that was quiet longest, after %s', async (_, text) => {
    const door = await Door.open(3);
    const lines = await door.connectMany(5, text);
    expect(areClosed(lines)).toEqual([true, true, false, false, false]);
    expect(door.reached).toEqual(['socketsOfAddress', 'socketsOfAddress']);
  });

  test('E7: one that waits for its answer is not quiet, and one that has it was quiet least long', async () => {
    const door = await Door.open(3);
    const lines = await door.connectMany(3);
    const response = await door.asking(lines[0]!);
    lines.push(await door.connect());
    await door.answer(response);
    lines.push(await door.connect());
    expect(areClosed(lines)).toEqual([false, true, true, false, false]);
    // Whoever keeps its socket for another page still has it.
    await door.answer(await door.asking(lines[0]!));
  });

  test('E7: it is itself when all others wait for answers', async () => {
    const door = await Door.open(2);
    const lines = await door.connectMany(2);
    for (const line of lines) await door.asking(line);
    lines.push(await door.connect());
    expect(areClosed(lines)).toEqual([false, false, true]);
  });

  test('E7: those that carry a connection are not counted, as long as they do', async () => {
    const door = await Door.open(2);
    const carrying = await door.connectMany(2);
    await door.upgrade(carrying[0]!, '/carrying');
    const poll = await door.asking(carrying[1]!, '/carrying');
    const lines = await door.connectMany(2);
    expect(door.reached).toEqual([]);
    await door.answer(poll);
    expect(areClosed([...carrying, ...lines])).toEqual([false, false, true, false]);
  });

  test('E7: what only says that it wants a WebSocket carries none', async () => {
    const door = await Door.open(2);
    const lines = await door.connectMany(2);
    await door.upgrade(lines[0]!, '/');
    lines.push(await door.connect());
    expect(areClosed(lines)).toEqual([false, true, false]);
  });

  test('E7: no other address loses any, and those of a proxy of ours are not counted by address', async () => {
    const door = await Door.open(2);
    const lines = await door.connectMany(2);
    door.network = 'b';
    lines.push(...(await door.connectMany(2)));
    door.network = undefined;
    lines.push(...(await door.connectMany(5)));
    expect(door.reached).toEqual([]);
    door.network = 'b';
    lines.push(await door.connect());
    expect(areClosed(lines)).toEqual(lines.map((_, n) => n === 2));
  });

  test('E7: those that went make room', async () => {
    const door = await Door.open(2);
    for (let round = 0; round < 3; round += 1) {
      const lines = await door.connectMany(2);
      await door.asking(lines[0]!);
      for (const line of lines) await line.leave();
    }
    expect(door.reached).toEqual([]);
  });
});

describe('E7: of all together', () => {
  test('E7: the one is closed that was quiet longest, wherever it came from', async () => {
    const door = await Door.open(100, 3);
    const lines: Line[] = [];
    for (const network of ['a', undefined, 'b', 'c', 'd']) {
      door.network = network;
      lines.push(await door.connect());
    }
    expect(areClosed(lines)).toEqual([true, true, false, false, false]);
    expect(door.reached).toEqual(['sockets', 'sockets']);
  });

  test('E7: those that carry a connection count here, and are never closed for others', async () => {
    const door = await Door.open(100, 2);
    const lines = await door.connectMany(2);
    for (const line of lines) await door.upgrade(line, '/carrying');
    lines.push(await door.connect());
    expect(areClosed(lines)).toEqual([false, false, true]);
  });
});

test('I8: a socket that cannot be counted is told of, and served', async () => {
  const door = await Door.open(1);
  const surprise = new TypeError('x');
  door.reached.push = () => {
    throw surprise;
  };
  const [, line] = await door.connectMany(2);
  const response = await door.asking(line!);
  await door.answer(response);
  expect(new Set(door.failures)).toEqual(new Set([surprise]));
});
