// What a reviewer would try with somebody who comes back, or comes late.
import { MAX_HELD_ENTRIES, PAGE_ENTRIES, REPLY_MAX_ENTRIES } from '../protocol/limits.ts';
import type { Case } from './case.ts';
import { Stage } from './stage.ts';

export const RETURN_CASES: readonly Case[] = [
  { title: 'C2: coming back after a moment', run: backAfterMoment },
  { title: 'C2: coming back after 500 entries', run: () => backAfter(500, 500) },
  { title: 'C2: coming back after 501 entries', run: () => backAfter(501, PAGE_ENTRIES) },
  { title: 'C3: far behind on a connection that lives', run: farBehind },
  { title: 'C5: more comes too early than is held', run: tooEarly },
  { title: 'C5: something is said while what was missed comes in parts', run: saidBetweenParts },
  { title: 'C7: reading back to what was said first', run: backToTheStart },
];

async function backAfterMoment(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  await stage.remember(70);
  const ben = await stage.enter('Ben');
  void ben.page.link.loadOlder();
  await stage.pass(300);
  const before = ben.page.link.state.lines.length;
  await stage.leaveNetwork(ben.page);
  stage.say(ada, 'meanwhile');
  await stage.pass(300);
  await stage.returnTo(ben.page);
  const { length } = ben.page.link.state.lines;
  stage.demand(length === before + 1, `of ${before} lines and a new one there are ${length}`);
  return stage.end();
}

/** Two of them are told by himself: that he has gone, and that he is here again. */
async function backAfter(missed: number, lines: number): Promise<readonly string[]> {
  const stage = new Stage(1);
  await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  const before = ben.page.link.state.last.seq;
  await stage.leaveNetwork(ben.page);
  await stage.remember(missed - 2);
  await stage.returnTo(ben.page);
  const { last, lines: shown } = ben.page.link.state;
  stage.demand(last.seq === before + missed, `${last.seq - before} were missed`);
  stage.demand(shown.length === lines, `there are ${shown.length} lines`);
  return stage.end();
}

/** Nobody has told the node yet. */
async function farBehind(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  await stage.town.remember(REPLY_MAX_ENTRIES + 100);
  ada.page.link.wake();
  await stage.pass(1_000);
  const { length } = ada.page.link.state.lines;
  stage.demand(length === REPLY_MAX_ENTRIES + 100, `there are ${length} lines`);
  return stage.end();
}

/** What arrives comes from elsewhere: the page's own connection is broken off, and it does not know yet. */
async function tooEarly(): Promise<readonly string[]> {
  const stage = new Stage(1);
  await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  const { last } = ben.page.link.state;
  ben.page.cut(false);
  await stage.town.remember(MAX_HELD_ENTRIES + 100);
  const [room] = stage.town.rooms;
  const since = room && (await stage.town.memory.read(room, last.seq + 1, REPLY_MAX_ENTRIES));
  for (const entry of since?.entries ?? []) ben.page.link.received(entry);
  const { held } = ben.page.link.state;
  stage.demand(held.size === MAX_HELD_ENTRIES, `${held.size} are held`);
  stage.demand(held.has(since?.head.seq ?? 0), 'the highest is not held');
  return stage.end();
}

async function saidBetweenParts(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  await stage.leaveNetwork(ben.page);
  await stage.remember(60, '語'.repeat(3_900));
  ben.page.online();
  while (ben.page.link.status !== 'joined') await stage.pass(1);
  // What is said takes its time to be sent, and the parts would all be here before it.
  ben.page.host.freeze();
  const id = stage.say(ada, 'meanwhile');
  while (!stage.town.ledger.wasStored(id)) await stage.pass(1);
  await stage.pass(50);
  const { last } = ben.page.link.state;
  stage.demand(last.seq + 1 < ada.page.link.state.last.seq, 'all that was missed came at once');
  ben.page.host.wake();
  await stage.pass(4_000);
  stage.isAtHead(ben.page, ada.page.link.state.last.seq);
  return stage.end();
}

async function backToTheStart(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const first = stage.say(ada, 'the first word');
  await stage.remember(120);
  const ben = await stage.enter('Ben');
  for (let pages = 0; pages < 5; pages += 1) {
    void ben.page.link.loadOlder();
    await stage.pass(100);
  }
  stage.demand(stage.text(ben.page, first) === 'the first word', 'whoever comes later does not see all of it');
  return stage.end();
}
