// What was read of a room, brought up to date with what is delivered since, so that a room in which much is said costs a
// herd no more reads than a silent one.
import type { Entry } from '../../protocol/entries.ts';
import { PAGE_ENTRIES, REPLY_MAX_BYTES, REPLY_MAX_ENTRIES } from '../../protocol/limits.ts';
import { bytesOf } from '../store/fit-reply.ts';
import type { Head, Page, Since } from '../store/store.ts';

/** Undefined where only the store can say: a change makes messages that were read other ones (L7, L8). */
export function grownSince(since: Since, after: number, entries: readonly Entry[]): Since | undefined {
  const news = newsFor(since.head, entries);
  const last = news?.at(-1);
  if (!news || since.reset || changesRead(entries)) return undefined;
  if (!last) return since;
  const isWhole = (since.entries.at(-1)?.seq ?? after) === since.head.seq;
  const grown = isWhole ? [...since.entries, ...news] : since.entries;
  const fits = grown.length <= REPLY_MAX_ENTRIES && bytesOfAll(grown) <= REPLY_MAX_BYTES;
  // R7: what has no room is asked for by the next question, as if the store had cut the answer there.
  return { ...since, entries: fits ? grown : since.entries, head: { seq: last.seq, id: last.id } };
}

/** As grownSince. */
export function grownPage(page: Page, entries: readonly Entry[]): Page | undefined {
  const news = newsFor(page.head, entries);
  const last = news?.at(-1);
  if (!news || changesRead(entries)) return undefined;
  if (!last) return page;
  const messages = [...page.entries, ...news.filter((entry) => entry.kind === 'message')];
  let from = Math.max(0, messages.length - PAGE_ENTRIES);
  while (from < messages.length - 1 && bytesOfAll(messages.slice(from)) > REPLY_MAX_BYTES) from += 1;
  const head = { seq: last.seq, id: last.id };
  return { ...page, entries: messages.slice(from), head, atStart: page.atStart && from === 0 };
}

/** What comes right behind `head`; undefined where something is missing between, or `head` is of another history. */
export function newsFor(head: Head, entries: readonly Entry[]): readonly Entry[] | undefined {
  // What was read may be ahead of what has been delivered, and the store may have gone back to between the two.
  if (entries.some(({ seq, id }) => seq === head.seq && id !== head.id)) return undefined;
  const news = entries.filter((entry) => entry.seq > head.seq);
  return news.length === 0 || news[0]?.seq === head.seq + 1 ? news : undefined;
}

function changesRead(entries: readonly Entry[]): boolean {
  return entries.some((entry) => 'target' in entry || entry.kind === 'void');
}

function bytesOfAll(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
}
