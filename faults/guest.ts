// Everything that somebody can ask of a server, in every way in which they can come: pages, scripts, tabs, nonsense.
import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { ClientId } from '../protocol/ids.ts';
import { NAMESPACE } from '../protocol/wire.ts';
import type { ServerProcess } from './server-process.ts';
import { within } from './waiting.ts';

export const ANSWERED_WITHIN_MS = 5_000;

/** One whose connection ended instead is refused: its client comes back, and asks again (S7). */
export type Answer = 'given' | 'refused' | 'none';

type Transport = 'polling' | 'websocket';

export class Guest {
  readonly #server: ServerProcess;
  readonly #room: string;
  readonly #name: string;
  readonly #key = randomBytes(24).toString('base64url');
  #cookie = '';
  #asset = '/favicon.ico';
  /** Of its two names. */
  #members: readonly string[] = [];
  #tab: Socket | undefined;
  /** Watches the room, and is not in it. */
  #watcher: Socket | undefined;

  private constructor(server: ServerProcess, room: string, name: string) {
    this.#server = server;
    this.#room = room;
    this.#name = name;
  }

  /** With a session of two names, and a tab that is in the room. */
  static async come(server: ServerProcess, room: string, name: string): Promise<Guest> {
    const guest = new Guest(server, room, name);
    for (const nth of ['one', 'two']) await guest.#enter(`${name} ${nth}`);
    const page = await (await guest.#fetch('/')).text();
    guest.#asset = /(?:src|href)="(\/[^"]+\.(?:js|css))"/u.exec(page)?.[1] ?? guest.#asset;
    const names = await (await guest.#fetch('/names')).text();
    guest.#members = [...new Set([...names.matchAll(/[?;]as=(\w+)/gu)].map(([, as = '']) => as))];
    guest.#tab = await guest.#open({}, ['websocket'], guest.#cookie);
    await ask(guest.#tab, 'join', { room, as: guest.#members[0] });
    guest.#watcher = await guest.#open({}, ['websocket'], guest.#cookie);
    await ask(guest.#watcher, 'rooms', {});
    return guest;
  }

  /** Each in turn; none waits for longer than ANSWERED_WITHIN_MS. */
  async everything(): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const one of [...this.#requests(), ...this.#devices(), ...this.#pages(), ...this.#comings()])
      answers.push(await one());
    return answers;
  }

  leave(): void {
    this.#tab?.disconnect();
    this.#watcher?.disconnect();
  }

  #requests(): (() => Promise<Answer>)[] {
    const clientId = () => randomUUID() as ClientId;
    const mine = clientId();
    const room = this.#room;
    const [as = '', other = ''] = this.#members;
    const asks: [string, object | string][] = [
      ['join', { room, as, after: [1, ''] }],
      ['join', { room, as }],
      [
        'message',
        {
          room,
          items: [
            { clientId: mine, text: 'one', mentions: [other] },
            { clientId: clientId(), text: '' },
          ],
        },
      ],
      ['message', { room, items: [{ clientId: mine, text: 'one' }] }],
      ['message', 'a text without a room'],
      ['join', { room: 'nowhere' }],
      ['edit', { room, target: mine, clientId: clientId(), text: 'two' }],
      ['react', { room, target: mine, clientId: clientId(), emoji: '👍' }],
      ['pin', { room, target: mine, clientId: clientId() }],
      ['pins', { room }],
      ['messages', { room, seqs: [1, 2, 3] }],
      ['earlier', { room, target: 2 }],
      ['mentions', {}],
      ['search', { text: 'one' }],
      ['search', { room, text: 'o from:guest has:link before:2100-01-01' }],
      ['unpin', { room, target: mine, clientId: clientId() }],
      ['title', { room, title: this.#name, clientId: clientId() }],
      ['topic', { room, topic: this.#name, clientId: clientId() }],
      ['direct', { room, member: other }],
      ['unread', { room, seq: 1 }],
      ['unreact', { room, target: mine, clientId: clientId(), emoji: '👍' }],
      ['delete', { room, target: mine, clientId: clientId() }],
      ['edit', { room, target: mine, clientId: clientId(), text: 'too late' }],
      ['catchUp', { room, after: 0 }],
      ['catchUp', { room, after: 1, id: 'of another history' }],
      ['history', { room }],
      ['history', { room, around: 1 }],
      ['here', { room }],
      ['read', { room, seq: 1 }],
      ['typing', { room }],
      ['rename', { room, name: `${this.#name} again` }],
      ['rooms', {}],
      ['nonsense', { room }],
      ['leave', { room }],
    ];
    return asks.map(
      ([name, request]) =>
        () =>
          ask(this.#tab, name, request),
    );
  }

  #pages(): (() => Promise<Answer>)[] {
    const room = encodeURIComponent(this.#room);
    const [first, second] = this.#members;
    const post = (path: string, fields: Record<string, string>, cookie = this.#cookie) =>
      this.#page(path, formOf(this.#server.origin, fields), cookie);
    const stranger = `${this.#name}, a stranger`;
    return [
      () => this.#page('/', {}, ''),
      () => this.#page('/'),
      () => this.#page('/chat'),
      () => this.#page(`/chat/${room}?as=${second}`),
      () => this.#page(`/chat/${room}%20%20X`),
      () => this.#page(`/chat/nowhere`),
      () => this.#page(`/chat/${'x'.repeat(200)}`),
      () => this.#page(`/?room=${room}`),
      () => this.#page('/names'),
      () => this.#page(`/give-up?room=${room}&as=${second}`),
      () => this.#page('/sign-out'),
      () => this.#page('/health/live', {}, ''),
      () => this.#page('/health/ready', {}, ''),
      () => this.#page(this.#asset, {}, ''),
      () => this.#page('/nowhere', {}, ''),
      () => this.#page('/%FF', {}, ''),
      () => post('/', { name: stranger, room: this.#room }, ''),
      () => post('/', { name: '', room: this.#room }),
      () => post('/', { name: `${this.#name} one`, room: this.#room }, ''),
      () => post('/', { name: `${this.#name} three`, room: 'elsewhere' }),
      () => this.#page('/leave', { method: 'POST', headers: { Origin: 'https://foreign.example' } }),
      () => post('/give-up', { room: this.#room, as: second ?? '' }),
      () => post('/leave', { room: this.#room, as: first ?? '' }),
      () => post('/sign-out', {}),
      () => this.#raw('nonsense\r\n\r\n'),
      () => this.#raw('GET / HTTP/1.1\r\nHost: foreign.example\r\nConnection: close\r\n\r\n'),
    ];
  }

  /** H8, H9: a name is taken along, and devices are signed out from afar. */
  #devices(): (() => Promise<Answer>)[] {
    const post = (path: string, fields: Record<string, string>, cookie = this.#cookie) =>
      this.#page(path, formOf(this.#server.origin, fields), cookie);
    let link = '';
    let there = '';
    const read = async (path: string, init: RequestInit, look: (page: string) => void): Promise<Answer> => {
      const asked = this.#fetch(path, init);
      asked.then(async (answer) => look(await answer.clone().text())).catch(() => undefined);
      return answerOf(asked);
    };
    return [
      () =>
        read('/take-along', formOf(this.#server.origin, {}), (page) => {
          link = /\/come-along\/([\w-]+)/u.exec(page)?.[1] ?? '';
        }),
      () => this.#page('/come-along', {}, ''),
      () => this.#page(`/come-along/${link}`),
      () => post('/come-along', { code: 'nonsense' }, ''),
      () => post('/come-along', { link }, ''),
      () =>
        read('/devices', {}, (page) => {
          there = /name="device" value="(\w+)"/u.exec(page)?.[1] ?? '';
        }),
      () => this.#page('/sign-out'),
      () => post('/sign-out-there', { device: there }),
      () => post('/sign-out-others', {}),
    ];
  }

  #comings(): (() => Promise<Answer>)[] {
    const { origin } = this.#server;
    const called = { name: `${this.#name}, a script`, room: this.#room };
    const keyed = { ...called, name: `${this.#name}, a known script`, key: this.#key };
    return [
      () => this.#visit(called, ['websocket']),
      () => this.#visit(keyed, ['polling']),
      () => this.#visit(keyed, ['polling', 'websocket'], { leaves: false }),
      () => this.#visit({ name: '' }, ['websocket']),
      () => this.#visit({}, ['websocket'], { cookie: 'nobody=known' }),
      () => answerOf(fetch(`${origin}/socket.io/?EIO=3&transport=polling`)),
    ];
  }

  async #enter(name: string): Promise<void> {
    const answer = await this.#fetch('/', formOf(this.#server.origin, { name, room: this.#room }));
    this.#cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? this.#cookie;
  }

  #fetch(path: string, init: RequestInit = {}, cookie = this.#cookie): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('Cookie', cookie);
    const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS);
    return fetch(this.#server.origin + path, { redirect: 'manual', ...init, headers, signal });
  }

  #page(path: string, init: RequestInit = {}, cookie = this.#cookie): Promise<Answer> {
    return answerOf(this.#fetch(path, init, cookie));
  }

  /** Comes in, says that it is there, and goes, with or without a word. */
  async #visit(auth: object, transports: Transport[], { cookie = '', leaves = true } = {}): Promise<Answer> {
    const socket = await this.#open(auth, transports, cookie);
    const answer = socket.connected ? await ask(socket, 'join', { room: this.#room }) : 'refused';
    const more: Answer[] = [];
    if (answer === 'given') {
      more.push(await ask(socket, 'rooms', {}), await ask(socket, 'message', 'a text alone'));
      if (leaves) more.push(await ask(socket, 'leave', { room: this.#room }));
    }
    socket.disconnect();
    return more.find((one) => one !== 'given') ?? answer;
  }

  /** Connected, or refused. */
  async #open(auth: object, transports: Transport[], cookie = ''): Promise<Socket> {
    const extraHeaders = cookie === '' ? {} : { Cookie: cookie, Origin: this.#server.origin };
    const socket = io(this.#server.origin + NAMESPACE, {
      auth,
      transports,
      extraHeaders,
      forceNew: true,
      reconnection: false,
      timeout: ANSWERED_WITHIN_MS,
    });
    const upgraded =
      transports.length > 1
        ? new Promise((resolve) => socket.io.once('open', () => socket.io.engine.once('upgrade', resolve)))
        : undefined;
    await Promise.race([
      ...['connect', 'connect_error', 'disconnect'].map(
        (event) => new Promise((resolve) => socket.once(event, resolve)),
      ),
      // Of one that ends before it has begun Socket.IO's client says nothing.
      new Promise((resolve) => socket.io.engine.once('close', resolve)),
    ]);
    if (socket.connected && upgraded)
      await Promise.race([upgraded, new Promise((resolve) => socket.once('disconnect', resolve))]);
    return socket;
  }

  /** What no browser sends. */
  #raw(sent: string): Promise<Answer> {
    const { hostname, port } = new URL(this.#server.origin);
    const said = new Promise<Answer>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(sent));
      let text = '';
      socket.on('data', (bytes) => (text += String(bytes)));
      socket.once('error', () => undefined).once('close', () => resolve(text === '' ? 'refused' : 'given'));
    });
    return within(ANSWERED_WITHIN_MS, 'an answer', said).catch(() => 'none');
  }
}

function formOf(origin: string, fields: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields), headers: { Origin: origin } };
}

async function answerOf(asked: Promise<Response>): Promise<Answer> {
  try {
    const answer = await asked;
    await answer.arrayBuffer();
    return answer.status >= 500 ? 'refused' : 'given';
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'none' : 'refused';
  }
}

async function ask(socket: Socket | undefined, name: string, request: object | string): Promise<Answer> {
  if (!socket?.connected) return 'refused';
  const lost = new Promise<Answer>((resolve) => socket.once('disconnect', () => resolve('refused')));
  const answered = socket
    .timeout(ANSWERED_WITHIN_MS)
    .emitWithAck(name, request)
    .then((reply: { ok?: boolean }): Answer => (reply.ok ? 'given' : 'refused'))
    .catch((): Answer => (socket.connected ? 'none' : 'refused'));
  return Promise.race([answered, lost]);
}
