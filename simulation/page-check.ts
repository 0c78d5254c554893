// What must hold of a page once everything has come to rest: I4, I10, and that nothing waits any more.
import type { Entry } from '../protocol/entries.ts';
import { pendingRows } from '../web/state/pending-rows.ts';
import type { Line } from '../web/state/room-state.ts';
import { isLine } from '../web/state/timeline.ts';
import { described, foldedOf, isAsFolded } from './fold.ts';
import type { Page } from './page.ts';
import type { Person } from './person.ts';
import type { RoomRead } from './room-check.ts';
import type { Town } from './town.ts';

export async function checkPage(town: Town, person: Person, page: Page, { room, entries }: RoomRead): Promise<void> {
  const { ledger, memory } = town;
  const { link, outbox, name } = page;
  const { state } = link;
  if (link.status !== 'joined')
    return ledger.broke('I10', `${name} is ${link.status}${page.ended ? `: ${page.ended.code}` : ''}`);
  const head = entries.at(-1);
  if (state.last.seq !== (head?.seq ?? 0) || state.last.id !== (head?.id ?? '')) {
    ledger.broke('I10', `${name} is at ${state.last.seq} of ${head?.seq ?? 0}`);
  }
  if (state.held.size > 0 || state.asking > 0 || state.kept.length > 0)
    ledger.broke('I10', `${name} still waits for something`);
  if (!state.atEnd) ledger.broke('I10', `${name} is not at the end of what it shows`);
  checkLines(town, page, { room, entries });
  const { notices = true, here: count = 0 } = (await memory.heads([room])).get(room) ?? {};
  // P9: of a crowd a page knows how many they are.
  const here = notices ? (await memory.here(room)).map((member) => `${member.id} ${member.name}`).sort() : [];
  const shown = state.here.map((one) => `${one.id} ${one.name}`).sort();
  if (state.crowd !== (notices ? undefined : count))
    ledger.broke('I9', `${name} counts ${state.crowd}; it is ${notices ? 'no crowd' : count}`);
  if (here.join() !== shown.join()) ledger.broke('I10', `${name} shows here ${shown.join()}; it is ${here.join()}`);
  const is = await memory.room(person.room);
  if (is && (state.title !== is.title || state.topic !== is.topic))
    ledger.broke('L17', `${name} shows "${state.title}", ${state.topic}; it is "${is.title}", ${is.topic}`);
  const me = await memory.member(person.member ?? ('' as never));
  // Whoever was removed is told when they ask for something.
  if (me && (state.me?.id !== me.id || state.me.name !== me.name))
    ledger.broke('I10', `${name} is ${state.me?.name}, and should be ${me.name}`);
  const waiting = outbox?.state.items.filter((item) => !item.refusal) ?? [];
  for (const { want, clientId } of waiting)
    ledger.broke('S2', `${name} still has a ${want.kind} (${clientId}) to send`);
  const pending = pendingRows(state, outbox?.state.pending ?? []).filter((row) => row.state.kind !== 'failed');
  // A row that was acknowledged by a store which then went back waits for a number that may be far.
  if (ledger.era === 0 && pending.length > 0)
    ledger.broke('S5', `${name} still draws ${pending.length} messages as not yet there`);
}

/** S1: whatever was kept is sent by somebody in the end. */
export function checkDisk({ ledger }: Town, person: Person): void {
  for (const { member, name, items } of person.browser.disk.queues(person.room)) {
    const waiting = items.filter((item) => !item.refusal);
    if (waiting.length === 0 || person.pages.some((page) => page.owner?.member === member)) continue;
    if (name !== person.calledBy && !person.pages.some((page) => page.owner?.name === name)) continue;
    ledger.broke('S1', `${waiting.length} items of ${name} (${member}) in ${person.room} lie where nobody sends them`);
  }
}

function checkLines({ ledger }: Town, page: Page, { entries }: RoomRead): void {
  // History brings messages alone; what else is told is so from the last new start on, and since one leapt.
  const isTold = ({ kind, seq }: Entry): boolean => kind === 'message' || seq > Math.max(page.toldFrom, page.leaptAt);
  const lines = page.link.state.lines.filter((line) => line.seq > page.leaptAt || isTold(line));
  const firstSeq = lines[0]?.seq ?? Number.POSITIVE_INFINITY;
  const expected = entries.filter((entry): entry is Line => {
    return entry.seq >= firstSeq && isLine(entry) && isTold(entry);
  });
  if (page.link.state.atStart && entries.some((entry) => entry.kind === 'message' && entry.seq < firstSeq)) {
    ledger.broke('I10', `${page.name} takes ${firstSeq} for the first`);
  }
  const at = Array.from({ length: Math.max(lines.length, expected.length) }).findIndex(
    (_, i) => !isSameLine(lines[i], expected[i]),
  );
  if (at === -1) return;
  ledger.broke('I10', `${page.name} shows ${lineText(lines[at])} where a fresh reader has ${lineText(expected[at])}`);
}

function isSameLine(a: Line | undefined, b: Line | undefined): boolean {
  if (a?.kind !== 'message' || b?.kind !== 'message') return lineText(a) === lineText(b);
  return a.seq === b.seq && a.id === b.id && a.by.name === b.by.name && isAsFolded(foldedOf(a), b);
}

function lineText(line: Line | undefined): string | undefined {
  if (!line) return undefined;
  if (line.kind === 'message') return `${line.seq} ${line.id} ${line.by.name} ${described(line)}`;
  if (line.kind === 'rename') return `${line.seq} ${line.id} ${line.by.name} is ${line.name}`;
  if (line.kind === 'title') return `${line.seq} ${line.id} ${line.by.name} calls it ${line.title}`;
  if (line.kind === 'topic') return `${line.seq} ${line.id} ${line.by.name} about ${line.topic}`;
  return `${line.seq} ${line.id} ${line.by.name} ${line.type} ${line.here}`;
}

/** Each message became what its author wanted last, as far as the browser and the server said yes. */
export function checkWishes({ ledger, wishes, people }: Town, reads: readonly RoomRead[]): void {
  if (ledger.era > 0) return;
  const queues = people.flatMap(({ browser, room }) => browser.disk.queues(room));
  // Somebody who comes in again under another name has left what waited under the old one.
  const left = new Set(queues.flatMap(({ items }) => items.map(({ clientId }) => clientId)));
  const messages = new Map(
    reads.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'message' ? [[entry.clientId, entry] as const] : [])),
    ),
  );
  for (const [clientId, said] of wishes.said) {
    const message = messages.get(clientId);
    if (!message || said.isUnclear || said.wishes.some((wish) => !wish.isKept || left.has(wish.clientId))) continue;
    const last = said.wishes.findLast((wish) => !ledger.refused.has(wish.clientId));
    if (!last || (last.text ?? '') === message.text) continue;
    ledger.broke(
      'S3',
      `${said.by} wanted message ${message.seq} to be "${last.text ?? 'deleted'}", and it is "${message.text}"`,
    );
  }
}
