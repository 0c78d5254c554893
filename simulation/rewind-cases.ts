// What a reviewer would try with a store that goes back in time, or seems to have.
import type { Case } from './case.ts';
import { gate, Stage } from './stage.ts';

export const REWIND_CASES: readonly Case[] = [
  { title: 'C10: a store rewound under a live node', run: rewindUnderLiveNode },
  { title: 'C10: a store that went back, and has grown to the same seq', run: grownToSameSeq },
  { title: 'C10: history asked for before the store went back, and answered after it', run: historyAcrossRewind },
  { title: 'C8: history asked for before a reset, and answered after it', run: historyAcrossReset },
  { title: 'C4: rows read ahead of a log that then goes another way', run: rowsReadAhead },
  { title: 'C4: a place beyond the head', run: placeBeyondHead },
  { title: 'C4: coming back to another history that has grown', run: backToAnother },
  { title: 'C10: coming in right after the store went back', run: intoAnother },
];

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

/** Only the id of the last entry tells the two histories apart. */
async function grownToSameSeq(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.say(ada, 'before');
  await stage.pass(500);
  town.save();
  const lost = stage.say(ada, 'lost');
  await stage.pass(500);
  town.rewind();
  await stage.remember(1);
  await stage.pass(20_000);
  for (const { page } of [ada, ben])
    stage.demand(stage.text(page, lost) === undefined, `${page.name} shows what is not there any more`);
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
  const old = await stage.oldest();
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

/** What is asked once more on the same connection starts the room over while the old question is on its way. */
async function historyAcrossReset(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  await stage.remember(70);
  const ben = await stage.enter('Ben');
  town.save();
  const old = await stage.oldest();
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
  const old = await stage.oldest();
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

async function placeBeyondHead(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.say(ada, 'the only one');
  await stage.pass(300);
  const { connection } = ada.page;
  if (connection?.server) {
    const asked = connection.node.answer(connection.server, 'catchUp', { room: stage.room, after: 7 });
    await stage.pass(300);
    const reply = JSON.stringify(await asked);
    stage.demand(reply.includes('"reset":true') && reply.includes('the only one'), `it was answered with ${reply}`);
  }
  return stage.end();
}

async function backToAnother(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  stage.say(ada, 'before');
  await stage.pass(300);
  town.save();
  const lost = stage.say(ada, 'lost');
  await stage.pass(300);
  await stage.leaveNetwork(ben.page);
  town.rewind();
  await stage.remember(2);
  await stage.returnTo(ben.page);
  stage.demand(stage.text(ben.page, lost) === undefined, 'it shows what is gone');
  town.isLeaseUndone = false;
  return stage.end();
}

async function intoAnother(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  const [ben, cleo] = ['Ben', 'Cleo'].map((name) => town.addPerson(town.newBrowser(name), 'tea', name));
  if (!ben || !cleo) return [];
  for (const person of [ben, cleo]) await town.comeIn(person);
  town.save();
  const lost = stage.say(ada, 'lost');
  // Further than the other history comes: no entry of it stands where this one ended.
  for (const text of ['lost as well', 'and this', 'and that']) stage.say(ada, text);
  await stage.pass(300);
  await stage.open(ben);
  town.rewind();
  stage.say(ada, 'after');
  await stage.pass(100);
  const page = await stage.open(cleo);
  stage.demand(stage.text(page, lost) === undefined, 'it is shown what is gone');
  town.isLeaseUndone = false;
  return stage.end();
}
