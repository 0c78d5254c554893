import type { ServerResponse } from 'node:http';
import { type EngineSocket, type EngineTransport, hangUp } from './hang-up.ts';
import { pollAnswer } from './poll-answer.ts';
import { Waiting } from './waiting.ts';

/** E4: cuts a connection when too much waits for it, and calls `onCut`. To be called before anything is sent. */
export function cutWhenSlow(conn: EngineSocket, onCut: () => void): void {
  const waiting = new Waiting();
  const answers = new Set<ServerResponse>();
  // A connection's own `drain` says that its transport took something, and a transport's that it has sent it.
  const watch = (transport: EngineTransport): void => void transport.on('drain', () => waiting.sent());
  watch(conn.transport);
  conn.on('upgrade', watch);
  conn.on('flush', () => {
    const answer = pollAnswer(conn.transport);
    if (!answer) {
      waiting.taken();
      return;
    }
    // To Engine.IO a poll is answered when its answer is written, whoever reads it: many polls could leave many answers.
    const sent = waiting.takenApart();
    answers.add(answer);
    answer.once('close', () => {
      answers.delete(answer);
      sent();
    });
  });
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    const isCut = waiting.isTooMuch;
    waiting.add(sizeOf(data));
    if (isCut || !waiting.isTooMuch) return;
    onCut();
    hangUp(conn);
    for (const answer of answers) answer.destroy();
  });
}

/** Of texts the characters, which are one to three bytes each: near enough for a bound. */
function sizeOf(data: unknown): number {
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
}
