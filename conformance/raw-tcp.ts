// A connection that need not keep to HTTP.
import { connect, type Socket } from 'node:net';

export class RawTcp {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  heard = '';

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (data: Buffer) => (this.heard += data.toString('latin1')));
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  get isClosed(): boolean {
    return this.socket.destroyed;
  }

  /** Resolves when the system took it, which may be when the other side has gone. */
  write(data: string | Buffer): Promise<void> {
    return new Promise((resolve) => this.socket.write(data, () => resolve()));
  }

  close(): void {
    this.socket.destroy();
  }
}

/** What a browser asks for when it wants a WebSocket. */
export function upgradeRequest(port: number, path: string): string {
  return [
    `GET ${path}/?EIO=4&transport=websocket HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n');
}
