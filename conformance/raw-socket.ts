// Engine.IO over a WebSocket as its description says it, and nothing of any client.
import WebSocket, { type ClientOptions } from 'ws';

type Frame = string | Buffer;

export function webSocketUrl(url: string, path: string, sid?: string): string {
  return `${url.replace('http', 'ws')}${path}/?EIO=4&transport=websocket${sid === undefined ? '' : `&sid=${sid}`}`;
}

/** A WebSocket that keeps what it hears until it is asked for. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly opened: Promise<boolean>;
  readonly closed: Promise<void>;
  readonly #heard: Frame[] = [];
  #isClosed = false;
  #watch = (): void => undefined;

  constructor(address: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(address, options);
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, isBinary) => {
      this.#heard.push(isBinary ? data : data.toString());
      this.#watch();
    });
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => {
        this.#isClosed = true;
        this.#watch();
        resolve();
      });
    });
    const open = new Promise<boolean>((resolve) => this.socket.once('open', () => resolve(true)));
    this.opened = Promise.race([open, this.closed.then(() => false)]);
  }

  send(...frames: readonly (Frame | Uint8Array)[]): void {
    for (const frame of frames) this.socket.send(frame);
  }

  /** Throws when it was closed instead. */
  async next(): Promise<Frame> {
    for (;;) {
      const frame = this.#heard.shift();
      if (frame !== undefined) return frame;
      if (this.#isClosed) throw new Error('The server closed the connection.');
      await new Promise<void>((resolve) => (this.#watch = resolve));
    }
  }

  /** All that was heard up to the end of the connection. */
  async rest(): Promise<readonly Frame[]> {
    await this.closed;
    return this.#heard.splice(0);
  }

  /** What the server answers instead of a WebSocket; undefined when it gives one. */
  refusal(): Promise<{ status: number; body: string } | undefined> {
    return new Promise((resolve, reject) => {
      this.socket.once('open', () => resolve(undefined));
      this.socket.once('unexpected-response', (_, response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.once('error', reject);
      });
    });
  }

  close(): void {
    this.socket.terminate();
  }
}
