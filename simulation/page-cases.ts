// What a reviewer would try with one page and its outbox, one thing after another.
import type { Case } from './case.ts';
import { gate, Stage } from './stage.ts';

export const PAGE_CASES: readonly Case[] = [
  { title: 'S5: one’s own entry before its acknowledgement', run: ownEntryFirst },
  { title: 'S5: one’s own entry after its acknowledgement', run: ownEntryLast },
  { title: 'S1: a disk that takes its time', run: slowDisk },
  { title: 'S3: a pending row edited after its first try', run: editAfterFirstTry },
  { title: 'S3: a pending row edited before its first try', run: editBeforeFirstTry },
  { title: 'S3: a pending row deleted before its first try', run: deleteBeforeFirstTry },
  {
    title: 'S2: written at once after coming in again, with something left from before',
    run: writtenAfterComingInAgain,
  },
  { title: 'S2: a reaction and then a message, without a network', run: reactionThenMessage },
  { title: 'L4: a retry after its author was removed', run: retryAfterRemoval },
  { title: 'C6: a deletion while history is on its way', run: deletionDuringHistory },
  { title: 'C8: a deletion inside a reset', run: deletionInsideReset },
  { title: 'C1: a message between the question and the answer of a join', run: messageDuringJoin },
  { title: 'R7: more was missed than one reply has room for', run: missedMoreThanFits },
];

async function ownEntryFirst(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const id = stage.say(ada, 'first');
  for (let ms = 0; ms < 200; ms += 1) {
    await stage.pass(1);
    stage.demand(stage.drawn(ada.page, id) === 1, `drawn ${stage.drawn(ada.page, id)} times after ${ms} ms`);
  }
  stage.demand(stage.text(ada.page, id) === 'first', 'it is not among the lines');
  return stage.end();
}

/** The retry of a commit whose answer was lost is acknowledged as a duplicate; only then the node reads the entry itself. */
async function ownEntryLast(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.town.nodes[0]?.store.script.appends.push('answer is lost');
  const id = stage.say(ada, 'first');
  let wasLast = false;
  for (let ms = 0; ms < 2_000; ms += 1) {
    await stage.pass(1);
    stage.demand(stage.drawn(ada.page, id) === 1, `drawn ${stage.drawn(ada.page, id)} times after ${ms} ms`);
    const isSettled = ada.page.outbox?.state.items.length === 0;
    wasLast ||= isSettled && stage.text(ada.page, id) === undefined;
  }
  stage.demand(wasLast, 'the entry came first');
  return stage.end();
}

/** S1, S3: what is asked is on the disk, and is marked as tried there. */
async function slowDisk(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const { connection } = ada.page;
  const { disk } = ada.person.browser;
  let asked = 0;
  if (connection) {
    const ask = connection.ask.bind(connection);
    connection.ask = (name, request) => {
      if (name === 'message') asked += 1;
      const isKept = disk.queues(stage.room).some(({ items }) => items.some(({ tried }) => tried));
      stage.demand(name !== 'message' || isKept, 'it was sent before it was kept');
      return ask(name, request);
    };
  }
  stage.town.weather.storageSlow = 1;
  stage.say(ada, 'one');
  await stage.pass(3_000);
  stage.demand(asked === 1, `it was sent ${asked} times`);
  return stage.end();
}

async function editAfterFirstTry(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  const [node] = stage.town.nodes;
  node?.host.freeze();
  const id = stage.say(ada, 'first');
  await stage.pass(300);
  ada.person.change(ada.page, { clientId: id, seq: undefined }, 'better');
  await stage.pass(300);
  ada.page.cut(true);
  node?.host.wake();
  await stage.pass(15_000);
  stage.demand(stage.town.ledger.bodyOf(id) === 'first', `what was sent is "${stage.town.ledger.bodyOf(id)}"`);
  for (const { page } of [ada, ben])
    stage.demand(stage.text(page, id) === 'better', `${page.name} shows "${stage.text(page, id)}"`);
  return stage.end();
}

async function editBeforeFirstTry(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  ada.page.isOffline = true;
  ada.page.cut(true);
  await stage.pass(100);
  const id = stage.say(ada, 'first');
  await stage.pass(100);
  ada.person.change(ada.page, { clientId: id, seq: undefined }, 'better');
  await stage.pass(100);
  ada.page.online();
  await stage.pass(8_000);
  stage.demand(stage.town.ledger.bodyOf(id) === 'better', `what was sent is "${stage.town.ledger.bodyOf(id)}"`);
  const line = ada.page.link.state.lines.find((one) => one.kind === 'message');
  stage.demand(line?.kind === 'message' && line.rev === undefined, 'it was edited in the log');
  return stage.end();
}

async function deleteBeforeFirstTry(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  await stage.leaveNetwork(ada.page);
  const id = stage.say(ada, 'first');
  await stage.pass(100);
  ada.person.change(ada.page, { clientId: id, seq: undefined }, undefined);
  await stage.pass(100);
  await stage.returnTo(ada.page);
  stage.demand(stage.town.ledger.bodyOf(id) === undefined, 'it was sent');
  return stage.end();
}

/** The session ran out meanwhile: what waits under the former member is taken over, and was written first. */
async function writtenAfterComingInAgain(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { ledger, memory } = stage.town;
  const ada = await stage.enter('Ada');
  const before = ada.person.member;
  await stage.leaveNetwork(ada.page);
  const first = stage.say(ada, 'first');
  await stage.pass(100);
  if (before) await memory.release(before);
  await ada.person.comeInAgain();
  const [page] = ada.person.pages;
  while (page && page.link.status !== 'joined') await stage.pass(1);
  const second = page && stage.say({ person: ada.person, page }, 'second');
  await stage.pass(8_000);
  const order = [...ledger.stored.values()].map(({ entry }) => ('clientId' in entry ? entry.clientId : undefined));
  const places = [first, second].map((id) => order.indexOf(id));
  const isInOrder = places.every((place, i) => place > (places[i - 1] ?? -1));
  stage.demand(isInOrder, `they are at ${places.join()}`);
  return stage.end();
}

async function reactionThenMessage(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const [ada, ben] = [await stage.enter('Ada'), await stage.enter('Ben')];
  stage.say(ben, 'first');
  await stage.pass(300);
  await stage.leaveNetwork(ada.page);
  void ada.page.outbox?.add({ kind: 'react', target: ada.page.link.state.last.seq, emoji: '👍' });
  await stage.pass(100);
  const id = stage.say(ada, 'second');
  await stage.pass(100);
  await stage.returnTo(ada.page);
  stage.demand(stage.text(ben.page, id) === 'second', 'it was not sent');
  const { stored } = stage.town.ledger;
  const kinds = [...stored.values()].map(({ entry }) => entry.kind).filter((kind) => kind !== 'notice');
  stage.demand(kinds.join() === 'message,react,message', `the log has ${kinds.join()}`);
  return stage.end();
}

async function retryAfterRemoval(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { ledger, memory, nodes, world } = stage.town;
  const ada = await stage.enter('Ada');
  const before = ada.person.member;
  nodes[0]?.store.script.appends.push('answer is lost');
  const id = stage.say(ada, 'kept');
  while (!ledger.wasStored(id)) await stage.pass(1);
  ada.page.cut(true);
  if (before) await memory.release(before);
  await stage.pass(8_000);
  stage.demand(ada.page.ended?.code === 'notMember', `the page was not sent away at ${world.age}`);
  await ada.person.comeInAgain();
  await stage.pass(8_000);
  const page = ada.person.pages[0];
  stage.demand(ada.person.member !== before, 'it is the same member');
  stage.demand(
    page !== undefined && stage.drawn(page, id) === 1 && stage.text(page, id) === 'kept',
    'it is not there once',
  );
  stage.demand((page?.outbox?.state.items.length ?? 1) === 0, 'it is taken for not sent');
  return stage.end();
}

async function deletionDuringHistory(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  await stage.remember(70);
  const ben = await stage.enter('Ben');
  const old = await stage.oldest();
  const { opened, open } = gate();
  const script = stage.town.nodes[0]?.store.script;
  if (script) script.pageAnswers = opened;
  void ben.page.link.loadOlder();
  await stage.pass(300);
  ada.person.change(ada.page, old, undefined);
  await stage.pass(300);
  stage.demand(stage.text(ben.page, old.clientId) === undefined, 'history was here too early');
  open();
  if (script) script.pageAnswers = undefined;
  await stage.pass(300);
  stage.demand(stage.text(ben.page, old.clientId) === 'deleted', 'the deletion is not in what history brought');
  return stage.end();
}

async function deletionInsideReset(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  await stage.remember(10);
  const ben = await stage.enter('Ben');
  const old = await stage.oldest();
  ben.page.isOffline = true;
  ben.page.cut(true);
  await stage.pass(300);
  ada.person.change(ada.page, old, undefined);
  await stage.pass(300);
  await stage.remember(520);
  ben.page.online();
  await stage.pass(8_000);
  stage.demand(ben.page.link.state.lines.length === 50, `there are ${ben.page.link.state.lines.length} lines`);
  while (!ben.page.link.state.atStart) {
    void ben.page.link.loadOlder();
    await stage.pass(100);
  }
  stage.demand(stage.text(ben.page, old.clientId) === 'deleted', 'the deletion was missed');
  return stage.end();
}

async function messageDuringJoin(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const ben = stage.town.addPerson(stage.town.newBrowser('Ben'), 'tea', 'Ben');
  await stage.town.comeIn(ben);
  const { opened, open } = gate();
  const script = stage.town.nodes[0]?.store.script;
  if (script) script.pageAnswers = opened;
  ben.openPage();
  await stage.pass(300);
  const id = stage.say(ada, 'between');
  await stage.pass(300);
  open();
  await stage.pass(300);
  const [page] = ben.pages;
  stage.demand(page !== undefined && stage.text(page, id) === 'between', 'it is missing');
  return stage.end();
}

async function missedMoreThanFits(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  await stage.leaveNetwork(ben.page);
  await stage.remember(60, '語'.repeat(3_900));
  await stage.returnTo(ben.page);
  stage.isAtHead(ben.page, ada.page.link.state.last.seq);
  return stage.end();
}
