// What a reviewer would try with a batch, a bus and those who catch up.
import type { Case } from './case.ts';
import { POISON } from './faulty-store.ts';
import { Stage } from './stage.ts';

export const NODE_CASES: readonly Case[] = [
  { title: 'L3: a duplicate with another text', run: duplicateWithAnotherText },
  { title: 'L5: edit and delete of one row in one batch', run: editAndDeleteInOneBatch },
  { title: 'R4: an item that comes again before others of its request', run: orderInPoisonedBatch },
  { title: 'C9: a commit whose answer was lost', run: answerOfCommitLost },
  { title: 'C3: two who come back one after the other, from two places', run: herdFromTwoPlaces },
  { title: 'C3: who comes back after something was said to the others', run: laterThanTheHerd },
  { title: 'L1: a transaction that was rolled back', run: rolledBack },
];

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

async function rolledBack(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.town.nodes[0]?.store.script.appends.push('rolled back');
  for (const text of ['one', 'two']) stage.say(ada, text);
  await stage.pass(5_000);
  const seqs = ada.page.link.state.lines.map((line) => line.seq);
  stage.demand(seqs.join() === '2,3', `the numbers are ${seqs.join()}`);
  return stage.end();
}
