import { createServer, type IncomingMessage, request, type Server as HttpServer, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Server } from './server.ts';

const REPORTS = '/reports-of-the-line';

/** A place that pages can be opened at. */
export interface Place {
  readonly origin: string;
}

/**
 * A way to the server that can be cut and held up, for sockets alone: pages and forms pass, so that a page can be loaded
 * while nothing can be sent from it. Answers to forms can be lost.
 */
export class Line implements Place {
  readonly origin: string;
  readonly #target: number;
  readonly #proxy: HttpServer;
  readonly #open = new Map<Socket, Socket>();
  #isCut = false;
  #isHeld = false;
  #upgrades: 'pass' | 'are refused' | 'are swallowed' = 'pass';
  #losesForms = false;
  #watchesPolicy = false;
  /** What browsers reported as forbidden by the policy, since watchPolicy(). */
  readonly forbidden: string[] = [];

  private constructor(server: Server) {
    this.origin = server.lineOrigin;
    this.#target = server.port;
    this.#proxy = createServer((asked, answer) => this.#pass(asked, answer));
    this.#proxy.on('upgrade', (asked: IncomingMessage, socket: Socket) => this.#join(asked, socket));
  }

  static async to(server: Server): Promise<Line> {
    const line = new Line(server);
    await new Promise<void>((resolve, reject) => {
      line.#proxy.once('error', reject).listen(Number(new URL(line.origin).port), 'localhost', resolve);
    });
    return line;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#open.keys()) socket.resetAndDestroy();
  }

  /** What becomes of a WebSocket from now on, as with a proxy that knows none. Polling passes. */
  set upgrades(fate: 'pass' | 'are refused' | 'are swallowed') {
    this.#upgrades = fate;
  }

  /** From now on pages ask their browsers to report what the policy forbids: the one way that every engine knows. */
  watchPolicy(): void {
    this.#watchesPolicy = true;
  }

  /** The server does what a form asks for, and nobody hears of it. */
  loseFormAnswers(): void {
    this.#losesForms = true;
  }

  mend(): void {
    this.#isCut = false;
    this.#losesForms = false;
  }

  /** What the server says waits until it is released. */
  hold(): void {
    this.#isHeld = true;
    for (const far of this.#open.values()) far.pause();
  }

  release(): void {
    this.#isHeld = false;
    for (const far of this.#open.values()) far.resume();
  }

  async close(): Promise<void> {
    this.cut();
    this.#proxy.closeAllConnections();
    await new Promise((resolve) => this.#proxy.close(resolve));
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (this.#isCut && asked.url?.startsWith('/socket.io/')) {
      asked.socket.resetAndDestroy();
      return;
    }
    if (asked.url === REPORTS) {
      void text(asked).then((report) => this.forbidden.push(report));
      answer.writeHead(204).end();
      return;
    }
    const { method, url, headers } = asked;
    const onward = request({ port: this.#target, host: '127.0.0.1', method, path: url, headers }, (answered) => {
      if (this.#losesForms && method === 'POST' && !url?.startsWith('/socket.io/')) {
        asked.socket.resetAndDestroy();
        return;
      }
      answer.writeHead(answered.statusCode ?? 502, this.#headersOf(answered));
      answered.pipe(answer);
    });
    onward.on('error', () => asked.socket.destroy());
    asked.pipe(onward);
  }

  #headersOf({ rawHeaders }: IncomingMessage): string[] {
    if (!this.#watchesPolicy) return rawHeaders;
    return rawHeaders.map((value, at) => {
      const isPolicy = at % 2 === 1 && /^content-security-policy$/iu.test(rawHeaders[at - 1] ?? '');
      return isPolicy ? `${value}; report-uri ${REPORTS}` : value;
    });
  }

  #join(asked: IncomingMessage, near: Socket): void {
    if (this.#isCut) {
      near.resetAndDestroy();
      return;
    }
    if (this.#upgrades === 'are refused') {
      near.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    this.#open.set(near, far);
    near.on('close', () => {
      this.#open.delete(near);
      far.destroy();
    });
    far.on('close', () => near.destroy());
    for (const end of [near, far]) end.on('error', () => end.destroy());
    if (this.#upgrades === 'are swallowed') return;
    far.write(headOf(asked));
    near.pipe(far);
    far.on('data', (chunk) => near.write(chunk));
    if (this.#isHeld) far.pause();
  }
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
