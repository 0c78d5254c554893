import type { ServerResponse } from 'node:http';
import type { Fuse } from './fuse.ts';
import { type EngineSocket, type EngineTransport, hangUp } from './hang-up.ts';
import { pollAnswer } from './poll-answer.ts';
import { Waiting } from './waiting.ts';

/** E4: cuts a connection when too much waits for it, and calls `onCut`. To be called before anything is sent. */
export function cutWhenSlow(conn: EngineSocket, fuse: Fuse, onCut: () => void): void {
  const waiting = new Waiting();
  const answers = new Set<ServerResponse>();
  // A connection's own `drain` says that its transport took something, and a transport's that it has sent it.
  const sent = fuse.over(() => waiting.sent());
  const watch = (transport: EngineTransport): void => void transport.on('drain', sent);
  watch(conn.transport);
  conn.on('upgrade', fuse.over(watch));
  const flushed = (): void => {
    const answer = pollAnswer(conn.transport);
    if (!answer) {
      waiting.taken();
      return;
    }
    // To Engine.IO a poll is answered when its answer is written, whoever reads it: many polls could leave many answers.
    const left = waiting.takenApart();
    answers.add(answer);
    const isLeft = (): void => {
      answers.delete(answer);
      left();
    };
    answer.once('close', fuse.over(isLeft));
  };
  const created = ({ data }: { data?: unknown }): void => {
    const isCut = waiting.isTooMuch;
    waiting.add(sizeOf(data));
    if (isCut || !waiting.isTooMuch) return;
    onCut();
    hangUp(conn);
    for (const answer of answers) answer.destroy();
  };
  conn.on('flush', fuse.over(flushed));
  conn.on('packetCreate', fuse.over(created));
}

/** Of texts the characters, which are one to three bytes each: near enough for a bound. */
function sizeOf(data: unknown): number {
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
}
