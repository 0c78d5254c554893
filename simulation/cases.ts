// The interleavings that a careful reviewer would try, one after another. Each ends with all that must hold.
import type { MessageEntry } from '../protocol/entries.ts';
import { POISON } from './faulty-store.ts';
import { gate, Stage } from './stage.ts';

export interface Case {
  /** Begins with the rule of PROTOCOL.md. */
  readonly title: string;
  /** What was broken; nothing, when all is well. */
  readonly run: () => Promise<readonly string[]>;
}

export const CASES: readonly Case[] = [
  { title: 'S5: one’s own entry before its acknowledgement', run: ownEntryFirst },
  { title: 'S5: one’s own entry after its acknowledgement', run: ownEntryLast },
  { title: 'L3: a duplicate with another text', run: duplicateWithAnotherText },
  { title: 'L4: a retry after its author was removed', run: retryAfterRemoval },
  { title: 'C6: a deletion while history is on its way', run: deletionDuringHistory },
  { title: 'C8: a deletion inside a reset', run: deletionInsideReset },
  { title: 'L5: edit and delete of one row in one batch', run: editAndDeleteInOneBatch },
  { title: 'S3: a pending row edited after its first try', run: editAfterFirstTry },
  { title: 'S3: a pending row edited before its first try', run: editBeforeFirstTry },
  { title: 'C10: a store rewound under a live node', run: rewindUnderLiveNode },
  { title: 'C10: history asked for before the store went back, and answered after it', run: historyAcrossRewind },
  { title: 'C8: history asked for before a reset, and answered after it', run: historyAcrossReset },
  { title: 'C4: rows read ahead of a log that then goes another way', run: rowsReadAhead },
  { title: 'R4: an item that comes again before others of its request', run: orderInPoisonedBatch },
  { title: 'C9: a commit whose answer was lost', run: answerOfCommitLost },
  { title: 'C9: a hint before the first head', run: hintBeforeFirstHead },
  { title: 'C1: a message between the question and the answer of a join', run: messageDuringJoin },
  { title: 'C3: two who come back one after the other, from two places', run: herdFromTwoPlaces },
  { title: 'C3: who comes back after something was said to the others', run: laterThanTheHerd },
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

async function duplicateWithAnotherText(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const clientId = stage.say(ada, 'first');
  await stage.pass(500);
  const { connection } = ada.page;
  const seq = stage.town.ledger.acknowledged.get(clientId);
  if (connection?.server) {
    const again = connection.node.answer(connection.server, 'message', {
      room: stage.room,
      items: [{ clientId, text: 'second' }],
    });
    await stage.pass(500);
    const reply = JSON.stringify(await again);
    stage.demand(
      reply.includes('"duplicate":true') && reply.includes(`"seq":${seq},`),
      `it was answered with ${reply}`,
    );
  }
  stage.demand(stage.text(ada.page, clientId) === 'first', 'the first text did not win');
  await stage.open(ada.person);
  stage.demand(
    ada.person.pages.every((page) => stage.text(page, clientId) === 'first'),
    'the stored text is another one',
  );
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
  const old = await oldest(stage);
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
  const old = await oldest(stage);
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

async function editAndDeleteInOneBatch(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  const ids = ['one', 'two'].map((text) => stage.say(ada, text));
  await stage.pass(500);
  const [node] = stage.town.nodes;
  const room = ada.person.roomId;
  const by = ada.person.member;
  const [one, two] = ids;
  for (const said of stage.town.wishes.said.values()) said.isUnclear = true;
  if (node && room && by && one && two) {
    const sent = (nth: number) => ({ room, by, clientId: `00000000-0000-4000-a000-00000000000${nth}` as typeof one });
    const outcomes = node.log.add([
      { ...sent(1), kind: 'edit', target: one, text: 'better' },
      { ...sent(2), kind: 'delete', target: one },
      { ...sent(3), kind: 'delete', target: two },
      { ...sent(4), kind: 'edit', target: two, text: 'too late' },
      { ...sent(5), kind: 'delete', target: two },
    ]);
    await stage.pass(500);
    const results = (await outcomes)
      .map((outcome) => (outcome.result === 'refused' ? outcome.code : outcome.result))
      .join();
    stage.demand(results === 'stored,stored,stored,gone,unchanged', `the batch came to ${results}`);
  }
  for (const { page } of [ada, ben]) {
    for (const id of ids)
      stage.demand(stage.text(page, id) === 'deleted', `${page.name} shows "${stage.text(page, id)}"`);
  }
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

async function rewindUnderLiveNode(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.say(ada, 'before');
  const cleo = await stage.enter('Cleo');
  await stage.pass(500);
  town.save();
  const lost = stage.say(ada, 'lost');
  void cleo.page.link.leave();
  await stage.pass(200);
  cleo.person.closePage(cleo.page);
  await stage.pass(500);
  town.rewind();
  const found = stage.say(ben, 'after');
  await stage.pass(40_000);
  for (const { page } of [ada, ben]) {
    stage.demand(stage.text(page, lost) === undefined, `${page.name} shows what is not there any more`);
    stage.demand(stage.text(page, found) === 'after', `${page.name} does not show what was said since`);
  }
  // Its entries tell every node: who is here has to be right again too.
  town.isLeaseUndone = false;
  return stage.end();
}

async function historyAcrossRewind(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  await stage.remember(70);
  const ben = await stage.enter('Ben');
  town.save();
  const old = await oldest(stage);
  ada.person.change(ada.page, old, 'edited in a history that is gone');
  await stage.pass(300);
  const { opened, open } = gate();
  const script = town.nodes[0]?.store.script;
  if (script) script.pageAnswers = opened;
  void ben.page.link.loadOlder();
  await stage.pass(300);
  if (script) script.pageAnswers = undefined;
  town.rewind();
  stage.say(ada, 'after');
  await stage.pass(100);
  open();
  await stage.pass(20_000);
  while (!ben.page.link.state.atStart) {
    void ben.page.link.loadOlder();
    await stage.pass(100);
  }
  stage.demand(stage.text(ben.page, old.clientId) === old.text, `it shows "${stage.text(ben.page, old.clientId)}"`);
  return stage.end();
}

/** A poison item halves the batch; there is no space for the first half for a moment, and then there is for the second. */
async function orderInPoisonedBatch(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.town.nodes[0]?.store.script.appends.push('as it is', 'no space');
  for (const text of ['one', 'two', `three ${POISON}`, 'four']) stage.say(ada, text);
  await stage.pass(20_000);
  const texts = ada.page.link.state.lines.flatMap((line) => (line.kind === 'message' ? [line.text] : []));
  stage.demand(texts.join() === 'one,two,four', `it reads ${texts.join()}`);
  return stage.end();
}

async function answerOfCommitLost(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.town.nodes[0]?.store.script.appends.push('answer is lost');
  const id = stage.say(ada, 'told by the retry');
  while (!stage.town.ledger.acknowledged.has(id)) await stage.pass(10);
  await stage.pass(200);
  for (const { page } of [ada, ben]) stage.demand(stage.text(page, id) !== undefined, `${page.name} was not told`);
  return stage.end();
}

async function hintBeforeFirstHead(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const { opened, open } = gate();
  const script = stage.town.nodes[1]?.store.script;
  if (script) script.headAnswers = opened;
  const ben = stage.town.addPerson(stage.town.newBrowser('Ben'), 'tea', 'Ben');
  await stage.town.comeIn(ben);
  stage.node = stage.town.nodes[1];
  ben.openPage();
  await stage.pass(200);
  const id = stage.say(ada, 'while it looks');
  await stage.pass(200);
  if (script) script.headAnswers = undefined;
  open();
  await stage.pass(300);
  const [page] = ben.pages;
  stage.demand(page !== undefined && stage.text(page, id) !== undefined, 'what was hinted meanwhile is not shown');
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

/** What is asked once more on the same connection starts the room over while the old question is on its way. */
async function historyAcrossReset(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  await stage.remember(70);
  const ben = await stage.enter('Ben');
  town.save();
  const old = await oldest(stage);
  ada.person.change(ada.page, old, 'edited in a history that is gone');
  await stage.pass(300);
  const { opened, open } = gate();
  const script = town.nodes[0]?.store.script;
  if (script) script.pageAnswers = opened;
  void ben.page.link.loadOlder();
  await stage.pass(300);
  if (script) script.pageAnswers = undefined;
  town.rewind();
  ben.page.link.wake();
  await stage.pass(300);
  open();
  await stage.pass(300);
  const shown = stage.text(ben.page, old.clientId);
  stage.demand(shown === undefined || shown === old.text, `it shows "${shown}"`);
  return stage.end();
}

async function rowsReadAhead(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  await stage.remember(70);
  const ben = await stage.enter('Ben', 1);
  town.save();
  const old = await oldest(stage);
  town.exchange.isSilent = true;
  ada.person.change(ada.page, old, 'edited in a history that is gone');
  await stage.pass(300);
  void ben.page.link.loadOlder();
  await stage.pass(300);
  town.rewind();
  town.exchange.isSilent = false;
  stage.say(ada, 'after');
  await stage.pass(20_000);
  const shown = stage.text(ben.page, old.clientId);
  stage.demand(shown === undefined || shown === old.text, `it shows "${shown}"`);
  return stage.end();
}

async function herdFromTwoPlaces(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const [ada, ben, cleo] = [await stage.enter('Ada'), await stage.enter('Ben'), await stage.enter('Cleo')];
  await stage.leaveNetwork(ben.page);
  for (const text of ['one', 'two']) stage.say(ada, text);
  await stage.pass(300);
  await stage.leaveNetwork(cleo.page);
  for (const text of ['three', 'four', 'five']) stage.say(ada, text);
  await stage.pass(300);
  const head = ada.page.link.state.last.seq;
  for (const { page } of [ben, cleo]) {
    await stage.returnTo(page);
    stage.isAtHead(page, head);
  }
  return stage.end();
}

async function laterThanTheHerd(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const [ada, ben, cleo] = [await stage.enter('Ada'), await stage.enter('Ben'), await stage.enter('Cleo')];
  for (const { page } of [ben, cleo]) await stage.leaveNetwork(page);
  stage.say(ada, 'one');
  await stage.pass(300);
  await stage.returnTo(ben.page);
  // Somebody who comes for the first time is read the newest page.
  const second = await stage.open(ben.person);
  stage.say(ada, 'two');
  await stage.pass(300);
  const head = ada.page.link.state.last.seq;
  await stage.returnTo(cleo.page);
  const third = await stage.open(cleo.person);
  for (const page of [ben.page, second, cleo.page, third]) stage.isAtHead(page, head);
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

/** The first message of the room, which is not on its newest page. */
async function oldest(stage: Stage): Promise<MessageEntry> {
  const [room] = stage.town.rooms;
  const { entries } = room ? await stage.town.memory.read(room, 0, 500) : { entries: [] };
  const found = entries.find((entry) => entry.kind === 'message');
  if (found?.kind !== 'message') throw new Error('Nothing has been said yet.');
  return found;
}
