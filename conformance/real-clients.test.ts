// Clients that others wrote, against the product as it is started.
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { io as client4 } from 'socket.io-client';
import { RawSocket, webSocketUrl } from './raw-socket.ts';
import { startProduct, type WholeProduct } from './whole-product.contract.ts';

const KEY = 'a key that nobody guesses';

/** What clients of both versions have. */
interface AnyClient {
  readonly io: { readonly engine: { readonly transport: { readonly name: string }; close(): unknown } };
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  once(event: string, listener: (...args: unknown[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  disconnect(): unknown;
}

interface Options {
  readonly transports?: string[];
  readonly auth: Record<string, unknown>;
}

type Connect = (url: string, options: Options & { forceNew: boolean; reconnectionDelay: number }) => AnyClient;

// Its types are not where its exports say.
const { io: client3 }: { io: Connect } = createRequire(import.meta.url)('socket.io-client-3');

let product: WholeProduct;
let clients: AnyClient[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.close());
afterEach(() => {
  for (const client of clients) client.disconnect();
  clients = [];
});

const heard = (client: AnyClient, event: string): Promise<unknown> =>
  new Promise((resolve) => client.once(event, resolve));
const asked = (client: AnyClient, event: string, request: unknown): Promise<unknown> =>
  new Promise((resolve) => client.emit(event, request, resolve));

/** A message reads so, live; others may come before. */
function says(client: AnyClient, text: string): Promise<unknown> {
  return new Promise((resolve) =>
    client.on('message', (entry) => {
      if ((entry as { text: string }).text === text) resolve(entry);
    }),
  );
}

const CLIENTS: [string, Connect][] = [
  ['socket.io-client 4', client4],
  ['socket.io-client 3', client3],
];

describe.each(CLIENTS)('E1: %s', (version, connect) => {
  const room = `room of ${version}`;

  function open(options: Options): AnyClient {
    const client = connect(`${product.url}/chat`, { forceNew: true, reconnectionDelay: 10, ...options });
    clients.push(client);
    return client;
  }

  async function script(name: string, transports?: string[]): Promise<AnyClient> {
    const client = open({
      auth: { name, room, key: `${KEY} ${version} ${name}` },
      ...(transports ? { transports } : {}),
    });
    await heard(client, 'connect');
    return client;
  }

  test.each([['polling'], ['websocket']])('talks and listens over %s', async (transport) => {
    const [one, two] = [await script('One', [transport]), await script('Two', [transport])];
    expect(one.io.engine.transport.name).toBe(transport);
    const text = `hello over ${transport} €`;
    const said = says(two, text);
    expect(await asked(one, 'message', text)).toMatchObject({ ok: true, results: [{ duplicate: false }] });
    expect(await said).toMatchObject({ kind: 'message', room, text, by: { name: 'One' } });
    expect(await asked(two, 'history', { room })).toMatchObject({ ok: true, room });
  });

  test('is told who comes', async () => {
    const one = await script('One');
    const come = new Promise((resolve) => one.on('options', (entry) => resolve(entry)));
    await script(`Newcomer`);
    expect(await come).toMatchObject({ kind: 'notice', type: expect.stringMatching(/^(dis)?connect$/u) });
  });

  test('begins with polling and upgrades, and nothing is lost meanwhile', async () => {
    const [one, two] = [await script('One'), await script('Two')];
    const texts = Array.from({ length: 10 }, (_, i) => `while upgrading ${i}`);
    const all = texts.map((text) => says(two, text));
    for (const text of texts) expect(await asked(one, 'message', text)).toMatchObject({ ok: true });
    await Promise.all(all);
    await Promise.all([one, two].map(upgraded));
    expect(one.io.engine.transport.name).toBe('websocket');
    const after = says(two, 'after it');
    await asked(one, 'message', 'after it');
    await after;
  });

  test('comes back by itself as the same member', async () => {
    const one = await script('One', ['websocket']);
    const before = await asked(one, 'join', { room });
    const closed = heard(one, 'disconnect');
    const back = closed.then(() => heard(one, 'connect'));
    one.io.engine.close();
    await back;
    expect(await asked(one, 'join', { room })).toMatchObject({ me: (before as { me: unknown }).me });
  });

  test('is told why it is refused', async () => {
    const client = open({ auth: { name: 'admin', room } });
    expect(await heard(client, 'connect_error')).toMatchObject({ data: { code: 'nameReserved' } });
  });

  test('gets its answer when it sends binary', async () => {
    const one = await script('One');
    expect(await asked(one, 'message', Buffer.from('x'))).toMatchObject({ ok: false, code: 'invalid' });
    expect(await asked(one, 'message', 'text again')).toMatchObject({ ok: true });
  });
});

async function upgraded({ io }: AnyClient): Promise<void> {
  const { engine } = io as unknown as { engine: { once(event: string, run: () => void): void; transport: object } };
  if (io.engine.transport.name === 'websocket') return;
  await new Promise<void>((resolve) => engine.once('upgrade', resolve));
}

test('D6: clients of Socket.IO 2 are refused in words, on both transports', async () => {
  const address = `${product.url}/socket.io/?EIO=3`;
  const polling = await fetch(`${address}&transport=polling&b64=1`);
  expect([polling.status, await polling.json()]).toEqual([400, { code: 5, message: 'Unsupported protocol version' }]);
  const raw = new RawSocket(webSocketUrl(product.url, '/socket.io').replace('EIO=4', 'EIO=3'));
  expect(await raw.refusal()).toEqual({ status: 400, body: expect.stringContaining('Socket.IO 3 and newer') });
});
