// What a reviewer would try with a disk that refuses all writes for longer than a lease, and goes on reading.
import type { Case } from './case.ts';
import { Stage } from './stage.ts';

export const DISK_CASES: readonly Case[] = [
  { title: 'P5: the disk of the only server takes writes again just when it would tell of its own', run: onlyServer },
  {
    title: 'P4: the disk takes writes again just when a server without a lease would tell of others',
    run: emptyServer,
  },
  { title: 'P5: the disk takes writes again, and one server has its lease back before the other', run: firstOfTwo },
  { title: 'P4: a server dies while the disk takes no writes', run: deadMeanwhile },
];

/** Long enough for what checkReaped takes for settled. */
const BEFORE_MS = 60_000;
const REFUSED_MS = 60_000;

async function onlyServer(): Promise<readonly string[]> {
  return healsAtDeparture(new Stage(1));
}

async function emptyServer(): Promise<readonly string[]> {
  return healsAtDeparture(new Stage(2));
}

/** Everybody is on the first server. */
async function healsAtDeparture(stage: Stage): Promise<readonly string[]> {
  const { town } = stage;
  for (const name of ['Ada', 'Ben']) await stage.enter(name);
  await stage.pass(BEFORE_MS);
  town.disk = 'failing';
  for (const { store } of town.nodes) {
    const append = store.append.bind(store);
    store.append = (writes) => {
      if (writes.some(({ kind }) => kind === 'depart')) town.disk = 'well';
      return append(writes);
    };
  }
  await stage.pass(REFUSED_MS);
  town.disk = 'well';
  await stage.pass(20_000);
  for (const name of ['Ada', 'Ben']) stage.demandNotices(name, 'connect');
  return stage.end();
}

async function firstOfTwo(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const [, second] = stage.town.nodes;
  for (const name of ['Ada', 'Ben']) await stage.enter(name, 1);
  await stage.pass(BEFORE_MS);
  stage.town.disk = 'failing';
  await stage.pass(REFUSED_MS);
  if (second) second.store.script.isLeaseAway = true;
  stage.town.disk = 'well';
  await stage.pass(7_000);
  if (second) second.store.script.isLeaseAway = false;
  await stage.pass(20_000);
  for (const name of ['Ada', 'Ben']) stage.demandNotices(name, 'connect');
  return stage.end();
}

/** Of those who were on it the room is told, once, by a server whose lease ran out as well. */
async function deadMeanwhile(): Promise<readonly string[]> {
  const stage = new Stage(2);
  await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.town.disk = 'failing';
  await stage.pass(20_000);
  ben.person.closePage(ben.page);
  await stage.pass(500);
  stage.town.nodes[1]?.kill();
  await stage.pass(20_000);
  stage.town.disk = 'well';
  await stage.pass(9_000);
  stage.demandNotices('Ben', 'connect');
  await stage.pass(10_000);
  stage.demandNotices('Ada', 'connect');
  stage.demandNotices('Ben', 'connect,disconnect');
  return stage.end();
}
