// What a reviewer would try with coming and going.
import type { Case } from './case.ts';
import { Stage } from './stage.ts';

export const PRESENCE_CASES: readonly Case[] = [
  { title: 'P1: a connection joins once more, and then it is closed', run: joinsAgain },
  { title: 'P2: an arrival goes unanswered, and then the tab is closed', run: arrivalUnanswered },
  { title: 'P3: a tab is closed', run: tabClosed },
  { title: 'P3: leaving in one of two tabs', run: leavesInOneTab },
  { title: 'P4: a new id whose first lease goes unanswered', run: newLeaseUnanswered },
  { title: 'P4: somebody comes while the lease has run out', run: comesWithoutLease },
  { title: 'P4: nothing happens for a minute, and then somebody comes', run: quietMinute },
  { title: 'P4: the clock of the store is ahead for a moment', run: storeClockAhead },
  { title: 'P5: a server stops, and the next one starts', run: restarted },
  { title: 'P5: a server is killed, and is back after 17 s', run: killedAndBack },
  { title: 'P6: paging back over comings and goings', run: pagesOverNotices },
];

async function joinsAgain(): Promise<readonly string[]> {
  const stage = new Stage(1);
  await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  ben.page.link.joinAgain();
  await stage.pass(500);
  ben.person.closePage(ben.page);
  await stage.pass(11_000);
  stage.demandNotices('Ben', 'connect,disconnect');
  return stage.end();
}

/** The row is there, and the node that wrote it has never heard so: it still has to take it back. */
async function arrivalUnanswered(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const [node] = stage.town.nodes;
  await stage.enter('Ada');
  const ben = stage.town.addPerson(stage.town.newBrowser('Ben'), 'tea', 'Ben');
  await stage.town.comeIn(ben);
  node?.store.script.appends.push('answer is lost');
  ben.openPage();
  while (!stage.isNoticed('Ben')) await stage.pass(1);
  const giveBack = node?.store.takeAway();
  const [page] = ben.pages;
  if (page) ben.closePage(page);
  await stage.pass(14_000);
  giveBack?.();
  await stage.pass(5_000);
  stage.demandNotices('Ben', 'connect,disconnect');
  return stage.end();
}

async function tabClosed(): Promise<readonly string[]> {
  const stage = new Stage(1);
  await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  ben.person.closePage(ben.page);
  await stage.pass(9_500);
  stage.demandNotices('Ben', 'connect');
  await stage.pass(1_000);
  stage.demandNotices('Ben', 'connect,disconnect');
  return stage.end();
}

async function leavesInOneTab(): Promise<readonly string[]> {
  const stage = new Stage(1);
  await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  await stage.open(ben.person);
  void ben.page.link.leave();
  await stage.pass(500);
  stage.demandNotices('Ben', 'connect,disconnect');
  for (const page of ben.person.pages) ben.person.closePage(page);
  return stage.end();
}

/** The lease has run out, and nobody has reaped its rows yet: written again in time, nobody was ever away. */
async function newLeaseUnanswered(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const [first] = stage.town.nodes;
  await stage.enter('Ada');
  await stage.enter('Ben', 1);
  const giveBack = first?.store.takeAway();
  await stage.pass(17_000);
  if (first) first.store.script.isNewLeaseUnanswered = true;
  giveBack?.();
  await stage.pass(1_000);
  stage.demand(first?.store.script.isNewLeaseUnanswered === false, 'no new lease was asked for');
  await stage.pass(20_000);
  stage.demandNotices('Ada', 'connect');
  return stage.end();
}

/** A row under an id that others take for dead is reaped, however alive whoever it stands for is. */
async function comesWithoutLease(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const [first] = stage.town.nodes;
  await stage.enter('Ada', 1);
  if (first) first.store.script.isLeaseAway = true;
  await stage.pass(40_000);
  await stage.enter('Ben');
  await stage.pass(20_000);
  if (first) first.store.script.isLeaseAway = false;
  await stage.pass(20_000);
  stage.demandNotices('Ben', 'connect');
  return stage.end();
}

async function quietMinute(): Promise<readonly string[]> {
  const stage = new Stage(2);
  await stage.enter('Ada');
  await stage.enter('Ben', 1);
  await stage.pass(60_000);
  await stage.enter('Cleo');
  await stage.pass(30_000);
  for (const name of ['Ada', 'Ben', 'Cleo']) stage.demandNotices(name, 'connect');
  return stage.end();
}

/** Exactly while a node on which nobody is asks who is left of dead ones: all leases have run out then, and run again when it writes. */
async function storeClockAhead(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const { town } = stage;
  for (const name of ['Ada', 'Ben']) await stage.enter(name, 1);
  const [first] = town.nodes;
  if (!first) throw new Error('There is no node.');
  let found = 0;
  const { ghosts } = first.store;
  first.store.ghosts = async (graceMs) => {
    town.clockError = 40_000;
    const all = await ghosts(graceMs);
    town.clockError = 0;
    found += all.length;
    return all;
  };
  while (found === 0 && town.world.age < 30_000) await stage.pass(10);
  await stage.pass(1_000);
  stage.demand(found > 0, 'nobody was taken for dead');
  for (const name of ['Ada', 'Ben']) stage.demandNotices(name, 'connect');
  return stage.end();
}

async function restarted(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const names = ['Ada', 'Ben', 'Cleo'];
  for (const name of names) await stage.enter(name);
  stage.node = undefined;
  stage.town.nodes[0]?.drain(1_000, () => stage.town.startNode(0));
  await stage.pass(40_000);
  for (const name of names) stage.demandNotices(name, 'connect');
  return stage.end();
}

async function killedAndBack(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const { town } = stage;
  await stage.enter('Ada', 1);
  await stage.enter('Ben');
  await stage.enter('Cleo');
  // A node that has just started tells of nobody.
  await stage.pass(25_000);
  town.nodes[0]?.kill();
  await stage.pass(17_000);
  town.startNode(0);
  stage.node = town.nodes[0];
  await stage.pass(30_000);
  for (const name of ['Ben', 'Cleo']) stage.demandNotices(name, 'connect');
  return stage.end();
}

async function pagesOverNotices(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  for (const name of ['Ben', 'Cleo']) {
    const { person, page } = await stage.enter(name);
    await stage.remember(30);
    person.closePage(page);
    await stage.pass(11_000);
  }
  const again = await stage.open(ada.person);
  while (!again.link.state.atStart) {
    void again.link.loadOlder();
    await stage.pass(100);
  }
  stage.demand(
    again.link.state.lines.every((line) => line.kind === 'message' || line.seq > again.toldFrom),
    'it shows who came and went long ago',
  );
  return stage.end();
}
