// What a screen reader is told of, in one polite region: the transcript itself is not a live one, or history would be read aloud.
import type { Seq } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { parse } from '../markup/parse.ts';
import { toldText } from '../markup/plain-text.ts';
import { mentionsAny } from '../state/mentions.ts';
import type { Line, PendingMessage } from '../state/room-state.ts';
import { toldOf } from './change-words.ts';
import { knownEmoji } from './known-emoji.ts';

/** More than these at once are told as a number: nobody can listen to a burst. */
const TOLD_ONE_BY_ONE = 3;

/** What came after the entry `after`, by others: all of it, or what mentions one. Empty when there is nothing to tell. */
export function announcement(
  lines: readonly Line[],
  after: Seq,
  me: Person | undefined,
  wanted: 'all' | 'mentions' = 'all',
): string {
  const own = new Set(me === undefined ? [] : [me.id]);
  const fresh = lines.filter(
    (line) =>
      line.seq > after && !own.has(line.by.id) && !isDeleted(line) && (wanted === 'all' || mentionsAny(line, own)),
  );
  if (fresh.length <= TOLD_ONE_BY_ONE) return fresh.map(sentence).join(' ');
  const messages = fresh.filter((line) => line.kind === 'message');
  // Who came and went is the first to be left out, and not what somebody said.
  if (messages.length === 0) return comingsAndGoings(fresh);
  return messages.length <= TOLD_ONE_BY_ONE ? messages.map(sentence).join(' ') : burst(messages);
}

/** Empty when there are none. */
export function newMessages(count: number): string {
  if (count <= 0) return '';
  return count === 1 ? '1 new message.' : `${count} new messages.`;
}

function burst(messages: readonly Line[]): string {
  return `${messages.length} new messages from ${namesIn(messages)}.`;
}

function comingsAndGoings(lines: readonly Line[]): string {
  return `${namesIn(lines)} came or went.`;
}

function namesIn(lines: readonly Line[]): string {
  const names = [...new Set(lines.map((line) => line.by.name))];
  return names.length > TOLD_ONE_BY_ONE ? `${names.length} people` : names.join(', ');
}

/** Messages that have failed since: each is told once, with its reason. */
export function failureAnnouncement(before: readonly PendingMessage[], now: readonly PendingMessage[]): string {
  const known = new Set(before.filter(({ state }) => state.kind === 'failed').map(({ clientId }) => clientId));
  const reasons = now.map(({ clientId, state }) =>
    state.kind === 'failed' && !known.has(clientId) ? `Not sent. ${state.message}` : '',
  );
  return [...new Set(reasons)].filter((reason) => reason !== '').join(' ');
}

function isDeleted(line: Line): boolean {
  return line.kind === 'message' && line.deleted === true;
}

function said(name: string, text: string): string {
  const markup = parse(text, { emoji: knownEmoji() });
  return `${name}${markup.kind === 'action' ? '' : ':'} ${toldText(markup)}`;
}

function sentence(line: Line): string {
  switch (line.kind) {
    case 'message':
      return said(line.by.name, line.text);
    case 'notice':
      return `${line.by.name} ${line.type === 'connect' ? 'joined' : 'left'}.`;
    case 'rename':
    case 'title':
    case 'topic':
      return `${[line.by.name, ...toldOf(line)].join(' ').trim()}.`;
  }
}
