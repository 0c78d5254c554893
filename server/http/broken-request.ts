// Bytes that are no request: Node gives them to us before there is anything that could be routed or answered as usual.
import type { Socket } from 'node:net';
import { safeHeaders } from '../safe-headers.ts';

/** Gives the error back, for which the socket is to be destroyed. */
export function answerBroken(error: Error & { code?: string }, socket: Socket): Error {
  if (error.code !== 'ECONNRESET' && socket.writable) socket.write(answerTo(error.code));
  return error;
}

function answerTo(code: string | undefined): string {
  const status = statusFor(code);
  const body = `${status}\n`;
  const headers = {
    ...safeHeaders(false),
    connection: 'close',
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`;
}

function statusFor(code: string | undefined): string {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return '408 Request Timeout';
    case 'HPE_HEADER_OVERFLOW':
      return '431 Request Header Fields Too Large';
    default:
      return '400 Bad Request';
  }
}
