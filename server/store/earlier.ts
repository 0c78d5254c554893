// L15: what a message said before it was edited. Written once for all engines.
import type { Time } from '../../protocol/ids.ts';
import { ReplyRoom } from './fit-reply.ts';
import type { Earlier } from './store.ts';

/** A text, and when an edit replaced it. */
export interface Replaced {
  readonly text: string;
  readonly at: Time;
}

/** `replaced` newest first: no more of them are read than fit. `writtenAt` is of the message. */
export function earlierTexts(writtenAt: Time, replaced: Iterable<Replaced>): Earlier {
  const room = new ReplyRoom();
  const texts: { at: Time; text: string }[] = [];
  let later: string | undefined;
  for (const { text, at } of replaced) {
    // Each was written when it replaced the one before it.
    if (later !== undefined && !take({ at, text: later })) return { texts: texts.reverse(), more: true };
    later = text;
  }
  const more = later !== undefined && !take({ at: writtenAt, text: later });
  return { texts: texts.reverse(), more };

  function take(one: { at: Time; text: string }): boolean {
    const fits = room.takes(one);
    if (fits) texts.push(one);
    return fits;
  }
}
