// What must hold of a room's log once everything has come to rest.
import type { Entry } from '../protocol/entries.ts';
import type { ClientId, RoomId, Seq } from '../protocol/ids.ts';
import { REPLY_MAX_ENTRIES } from '../protocol/limits.ts';
import { checkNotices, checkTold } from './check-presence.ts';
import { checkFold } from './check-state.ts';
import type { Ledger } from './ledger.ts';
import type { Town } from './town.ts';

export interface RoomRead {
  readonly room: RoomId;
  /** As somebody reads it who comes for the first time. */
  readonly entries: readonly Entry[];
}

export async function readRoom(town: Town, room: RoomId): Promise<RoomRead> {
  const entries: Entry[] = [];
  for (;;) {
    const since = await town.memory.read(room, entries.at(-1)?.seq ?? 0, REPLY_MAX_ENTRIES);
    entries.push(...since.entries);
    if (since.entries.length === 0 || entries.at(-1)?.seq === since.head.seq) return { room, entries };
  }
}

export async function checkRoom(town: Town, read: RoomRead): Promise<void> {
  checkNumbers(town, read);
  checkClientIds(town, read);
  checkPresentState(town, read);
  checkOrder(town, read);
  await checkTitle(town, read);
  town.ledger.found(...checkNotices(read.entries, town.crowd));
  await checkHere(town, read);
}

/** I3, and that nothing but what was committed is there. */
function checkNumbers({ ledger }: Town, { room, entries }: RoomRead): void {
  entries.forEach((entry, i) => {
    if (entry.seq !== i + 1) ledger.broke('I3', `entry ${i + 1} of ${room} has seq ${entry.seq}`);
    if (ledger.stored.get(entry.id)?.room !== room)
      ledger.broke('I3', `entry ${entry.seq} of ${room} was never committed`);
  });
}

/** I1: what was acknowledged, and undone by no store that went back, is where it was stored. */
export function checkAcknowledged(ledger: Ledger, reads: readonly RoomRead[]): void {
  const logs = new Map(reads.map(({ room, entries }) => [room, entries]));
  for (const clientId of ledger.acknowledged.keys()) {
    for (const id of ledger.storedAs.get(clientId) ?? []) {
      const stored = ledger.stored.get(id);
      if (!stored || ledger.undone.has(id)) continue;
      const { room, entry } = stored;
      if (logs.get(room)?.[entry.seq - 1]?.id !== id)
        ledger.broke('I1', `${clientId}, acknowledged and stored as ${entry.seq} of ${room}, is not there`);
    }
  }
}

/** I1, I2, I6. */
function checkClientIds({ ledger }: Town, { room, entries }: RoomRead): void {
  const seen = new Map<ClientId, Seq>();
  const texts = new Set<string>();
  for (const entry of entries) {
    if (!('clientId' in entry)) continue;
    if (seen.has(entry.clientId)) ledger.broke('I2', `${entry.clientId} is twice in ${room}`);
    seen.set(entry.clientId, entry.seq);
    const refused = ledger.refused.get(entry.clientId);
    if (refused && !ledger.acknowledged.has(entry.clientId))
      ledger.broke('I6', `${entry.kind} ${entry.seq} of ${room} was refused with ${refused}`);
    if (entry.kind !== 'message') continue;
    const stored = ledger.stored.get(entry.id)?.entry;
    const text = stored?.kind === 'message' ? stored.text : '';
    if (texts.has(text)) ledger.broke('I2', `"${text}" was said twice in ${room}`);
    texts.add(text);
    if (ledger.bodyOf(entry.clientId) !== text)
      ledger.broke('I1', `"${ledger.bodyOf(entry.clientId)}" is in ${room} as "${text}"`);
  }
}

/** The present state that is read is what the entries say, as they were committed. */
function checkPresentState({ ledger }: Town, { entries }: RoomRead): void {
  ledger.found(
    ...checkFold(
      entries.flatMap((entry) => ledger.stored.get(entry.id)?.entry ?? []),
      entries,
    ),
  );
}

/**
 * I5: what each person wrote as one member is in the order in which it was written; whoever comes in under another name
 * leaves what waits under the old one until somebody takes that again. But what was stored in time and was undone with the
 * store may come back, by a first try that was on its way all along, after what was said since: better than not at all.
 */
function checkOrder({ ledger, wishes }: Town, { room, entries }: RoomRead): void {
  const last = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind !== 'message' || ledger.wasUndone(entry.clientId)) continue;
    const said = wishes.said.get(entry.clientId);
    if (!said) continue;
    const by = `${said.by} as ${entry.by.id}`;
    if ((last.get(by) ?? -1) > said.nth)
      ledger.broke('I5', `${said.by}: message ${entry.seq} of ${room} comes after a later one`);
    last.set(by, said.nth);
  }
}

/** L17: what a room is called and is about is what was said last; L6: and nothing was said twice. */
async function checkTitle({ ledger, memory, people }: Town, { room, entries }: RoomRead): Promise<void> {
  const address = people.find(({ roomId }) => roomId === room)?.room;
  const is = address && (await memory.room(address));
  const said = { title: address ?? '', topic: '' };
  for (const entry of entries) {
    if (entry.kind !== 'title' && entry.kind !== 'topic') continue;
    const news = entry.kind === 'title' ? entry.title : entry.topic;
    if (said[entry.kind] === news) ledger.broke('L6', `${entry.kind} ${entry.seq} of ${room} changed nothing`);
    said[entry.kind] = news;
  }
  if (is && (is.title !== said.title || is.topic !== said.topic))
    ledger.broke('L17', `${room} is "${is.title}", ${is.topic}, and was said to be "${said.title}", ${said.topic}`);
}

/** I9: who is here is who has a connection that has joined. */
export async function checkHere(
  { ledger, memory, nodes, isLeaseUndone, crowd }: Town,
  { room, entries }: RoomRead,
): Promise<void> {
  if (isLeaseUndone) return;
  // What was killed holds no connection, whatever it thought last.
  const connections = nodes.flatMap(({ host, connections }) => (host.isAlive ? connections : []));
  const joined = connections.flatMap(({ places }) =>
    places.flatMap((place) => (place.room.id === room ? [place.member] : [])),
  );
  const rows = await memory.here(room);
  const here = new Set(rows.map(({ id }) => id));
  for (const member of new Set([...joined, ...here])) {
    const isHere = here.has(member);
    // Whoever was removed may stay here as long as the connection does, and does not have to.
    if (isHere === joined.includes(member) || (!isHere && !(await memory.member(member)))) continue;
    ledger.broke('I9', `${member} is ${isHere ? '' : 'not '}here in ${room}, and is ${isHere ? 'not ' : ''}connected`);
  }
  const now = (await memory.heads([room])).get(room);
  if (now && !now.notices && now.here < crowd.below) ledger.broke('P7', `${room} is no crowd with ${now.here}`);
  if (now && now.here !== rows.length) ledger.broke('I9', `${room} counts ${now.here} of ${rows.length}`);
  ledger.found(...checkTold(entries, rows));
}
