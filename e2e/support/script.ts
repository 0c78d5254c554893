import { randomBytes, randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { type Entry, entry, type MessageEntry } from '../../protocol/entries.ts';
import type { ClientId } from '../../protocol/ids.ts';
import { type Granted, REQUESTS, type RequestName, type RequestOf } from '../../protocol/requests.ts';
import { LIVE_EVENTS, NAMESPACE } from '../../protocol/wire.ts';

/** As the protocol advises: then a new connection is opened. */
const ANSWER_MS = 10_000;

const REPLIES: { readonly [Name in RequestName]: z.ZodType<Granted<Name>> } = {
  join: REQUESTS.join.reply,
  leave: REQUESTS.leave.reply,
  message: REQUESTS.message.reply,
  edit: REQUESTS.edit.reply,
  delete: REQUESTS.delete.reply,
  react: REQUESTS.react.reply,
  unreact: REQUESTS.unreact.reply,
  pin: REQUESTS.pin.reply,
  unpin: REQUESTS.unpin.reply,
  title: REQUESTS.title.reply,
  topic: REQUESTS.topic.reply,
  catchUp: REQUESTS.catchUp.reply,
  history: REQUESTS.history.reply,
  messages: REQUESTS.messages.reply,
  pins: REQUESTS.pins.reply,
  earlier: REQUESTS.earlier.reply,
  mentions: REQUESTS.mentions.reply,
  search: REQUESTS.search.reply,
  here: REQUESTS.here.reply,
  read: REQUESTS.read.reply,
  unread: REQUESTS.unread.reply,
  typing: REQUESTS.typing.reply,
  rename: REQUESTS.rename.reply,
  direct: REQUESTS.direct.reply,
  rooms: REQUESTS.rooms.reply,
};

export interface ScriptOptions {
  readonly name: string;
  readonly room: string;
  /** A new one, unless given; undefined for a script that has none. */
  readonly key?: string | undefined;
}

export function newKey(): string {
  return randomBytes(24).toString('base64url');
}

export function newClientId(): ClientId {
  return randomUUID() as ClientId;
}

/** A program that talks with Socket.IO's own client, as PROTOCOL.md tells it to. */
export class Script {
  readonly socket: Socket;
  readonly room: string;
  /** What came live, in the order it came. */
  readonly heard: Entry[] = [];

  private constructor(origin: string, options: ScriptOptions) {
    this.room = options.room;
    const { name, room } = options;
    const key = 'key' in options ? options.key : newKey();
    this.socket = io(origin + NAMESPACE, {
      auth: { name, room, ...(key !== undefined && { key }) },
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
    });
    for (const event of LIVE_EVENTS) this.socket.on(event, (heard: unknown) => this.heard.push(entry.parse(heard)));
  }

  /** Resolves when it is in its room: what is said from then on, it hears. */
  static async connect(origin: string, options: ScriptOptions): Promise<Script> {
    const script = new Script(origin, options);
    await new Promise<void>((resolve, reject) => {
      script.socket.once('connect', resolve);
      script.socket.once('connect_error', reject);
    });
    await script.ask('catchUp', { room: script.room, after: 0 });
    return script;
  }

  /** Throws when it is refused, or not answered in time. */
  async ask<Name extends RequestName>(name: Name, request: RequestOf<Name>): Promise<Granted<Name>> {
    const reply: unknown = await this.socket.timeout(ANSWER_MS).emitWithAck(name, request);
    const schema: z.ZodType<Granted<Name>> = REPLIES[name];
    return schema.parse(reply);
  }

  /** Sends them in requests of 100, one after the other. */
  async say(...texts: readonly string[]): Promise<void> {
    for (let at = 0; at < texts.length; at += 100) {
      const items = texts.slice(at, at + 100).map((text) => ({ clientId: newClientId(), text }));
      const { results } = await this.ask('message', { room: this.room, items });
      for (const result of results) if ('code' in result) throw new Error(`${result.code}: ${result.message}`);
    }
  }

  /** The whole log, from its first entry to its head. */
  async log(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (;;) {
      const reply = await this.ask('catchUp', { room: this.room, after: entries.at(-1)?.seq ?? 0 });
      entries.push(...reply.entries);
      if (reply.entries.length === 0 || (entries.at(-1)?.seq ?? 0) >= reply.head) return entries;
    }
  }

  close(): void {
    this.socket.disconnect();
  }
}

export function isMessage(one: Entry): one is MessageEntry {
  return one.kind === 'message';
}

/** What was said, in the log's order. */
export function textsOf(entries: readonly Entry[]): string[] {
  return entries.filter(isMessage).map(({ text }) => text);
}
