// L17: what the room is called, and what it is about.
import { nameProblemText, roomName, tidyName } from '../../protocol/names.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { tidyTopic, topicRefusal } from '../../protocol/text.ts';
import type { Act, Caller } from './act.ts';
import { Refusal, refusalFor } from './refusal.ts';
import { storeChange } from './store-change.ts';

/** N5: its spelling alone. Throws `nameInvalid` with the reason in words, `forbidden` without a key (H5). */
export function titleRoom(act: Act, caller: Caller, request: ParsedRequest<'title'>): Promise<Granted<'title'>> {
  const title = tidyName(request.title);
  return storeChange(act, caller, request, titleRefusal(request.title), (sent) => ({ ...sent, kind: 'title', title }));
}

/** Throws `tooLong`, `unreadable`, `forbidden` without a key (H5). */
export function topicRoom(act: Act, caller: Caller, request: ParsedRequest<'topic'>): Promise<Granted<'topic'>> {
  const topic = tidyTopic(request.topic);
  const refusal = refusalFor(topicRefusal(request.topic));
  return storeChange(act, caller, request, refusal, (sent) => ({ ...sent, kind: 'topic', topic }));
}

function titleRefusal(title: string): Refusal | undefined {
  const named = roomName(title);
  return named.ok ? undefined : new Refusal('nameInvalid', undefined, nameProblemText(named.problem, 'room name'));
}
