// Engine.IO over HTTP as its description says it, and nothing of any client.

/** Between the packets of one body. */
const SEPARATOR = '\x1e';

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly packets: readonly string[];
}

export interface Handshake {
  readonly sid: string;
  readonly upgrades: readonly string[];
  readonly pingInterval: number;
  readonly pingTimeout: number;
  readonly maxPayload: number;
}

export function pollingUrl(url: string, path: string): string {
  return `${url}${path}/?EIO=4&transport=polling`;
}

export async function ask(address: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(address, init);
  const packets = (await response.text()).split(SEPARATOR);
  return { status: response.status, type: response.headers.get('content-type'), packets };
}

/** One session, from its handshake on. */
export class Polling {
  readonly handshake: Handshake;
  readonly #address: string;

  private constructor(address: string, handshake: Handshake) {
    this.handshake = handshake;
    this.#address = `${address}&sid=${handshake.sid}`;
  }

  static async open(url: string, path: string): Promise<Polling> {
    const address = pollingUrl(url, path);
    const { packets } = await ask(address);
    return new Polling(address, readHandshake(packets[0] ?? ''));
  }

  get sid(): string {
    return this.handshake.sid;
  }

  poll(init: RequestInit = {}): Promise<Answer> {
    return ask(this.#address, init);
  }

  send(...packets: readonly string[]): Promise<Answer> {
    return ask(this.#address, { method: 'POST', body: packets.join(SEPARATOR) });
  }

  /** The next packets that are no pings, which are answered. */
  async hear(): Promise<readonly string[]> {
    for (;;) {
      const { packets } = await this.poll();
      if (packets.includes('2')) await this.send('3');
      const rest = packets.filter((packet) => packet !== '2');
      if (rest.length > 0) return rest;
    }
  }
}

/** Throws when it is no open packet. */
export function readHandshake(packet: string): Handshake {
  if (!packet.startsWith('0')) throw new Error(`This is no open packet: ${packet}`);
  return JSON.parse(packet.slice(1)) as Handshake;
}
