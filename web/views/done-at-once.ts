import type { Seq } from '../../protocol/ids.ts';
import { codeIn } from '../markup/code-in.ts';
import { copyText } from './copy.ts';
import type { MessageAct, Subject } from './message-acts.ts';
import type { MessageLayersParts } from './message-layers.tsx';
import { roomLink } from './room-address.tsx';

type AtOnce = Exclude<MessageAct, 'more' | 'react' | 'delete' | 'earlier'>;
type Parts = Pick<MessageLayersParts, 'actions' | 'room' | 'say' | 'focusComposer'>;

/** What is done without anything more to be asked. `offer`: a text that the page may not copy by itself. */
export function doAtOnce(act: AtOnce, subject: Subject, parts: Parts, offer: (text: string) => void): void {
  const { actions, room, say, focusComposer } = parts;
  const { target, seq, text, isPinned } = subject;
  switch (act) {
    case 'edit':
      return actions.editMessage(subject);
    case 'reply':
      actions.reply(target);
      return focusComposer();
    case 'copy':
      return void copy(text, 'Text copied', say, offer);
    case 'code':
      return void copy(codeIn(text), 'Code copied', say, offer);
    case 'link':
      return void copy(`${roomLink(room)}?at=${seq}`, 'Link copied', say, offer);
    case 'pin':
      say(isPinned ? 'Unpinned' : 'Pinned');
      return actions.pin(target, !isPinned);
    case 'unread':
      return void markUnread(seq, parts);
  }
}

async function copy(
  text: string,
  done: string,
  say: (text: string) => void,
  offer: (text: string) => void,
): Promise<void> {
  try {
    await copyText(text);
    say(done);
  } catch {
    offer(text);
  }
}

async function markUnread(seq: Seq | undefined, { actions, say }: Parts): Promise<void> {
  const isDone = seq !== undefined && (await actions.markUnread(seq));
  say(
    isDone ? 'Marked as unread' : 'Not marked as unread: the server cannot be asked just now. Try again in a moment.',
  );
}
