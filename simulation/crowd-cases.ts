// Rooms in which so many are that nobody is told who comes and goes.
import type { Case } from './case.ts';
import type { Page } from './page.ts';
import { Stage } from './stage.ts';

export const CROWD_CASES: readonly Case[] = [
  { title: 'P7: a crowd gathers, and goes again', run: gathersAndGoes },
  { title: 'P8: a crowd on two servers', run: onTwoServers },
  { title: 'P9: notices start again while a page is away', run: startsWhileAway },
  { title: 'P10: leaving a crowd in one of two tabs', run: leavesInOneTab },
];

/** Three are a crowd, and it is one as long as there are two. */
const CROWD = { above: 2, below: 2 };
/** What a server has not done itself it finds out when heads are compared. */
const COUNTED_MS = 14_000;

/** How many a page says are here, and how many of them it names. */
function shown({ link }: Page): string {
  const { here, crowd } = link.state;
  return `${crowd ?? 'all'} ${here.length}`;
}

function demandShown(stage: Stage, page: Page, expected: string): void {
  stage.demand(shown(page) === expected, `${page.name} shows ${shown(page)}, and should ${expected}`);
}

async function gathersAndGoes(): Promise<readonly string[]> {
  const stage = new Stage(1, CROWD);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  demandShown(stage, ada.page, 'all 2');
  const cleo = await stage.enter('Cleo');
  const dora = await stage.enter('Dora');
  for (const { page } of [ada, ben, cleo, dora]) demandShown(stage, page, '4 0');
  for (const { page } of [cleo, dora]) void page.link.leave();
  await stage.pass(1_500);
  demandShown(stage, ada.page, '2 0');
  void ben.page.link.leave();
  await stage.pass(1_500);
  demandShown(stage, ada.page, 'all 1');
  for (const { person, page } of [ben, cleo, dora]) person.closePage(page);
  await stage.open(ben.person);
  demandShown(stage, ada.page, 'all 2');
  for (const [name, expected] of [
    ['Ben', 'connect,connect'],
    ['Cleo', ''],
    ['Dora', ''],
  ] as const)
    stage.demandNotices(name, expected);
  return stage.end();
}

async function onTwoServers(): Promise<readonly string[]> {
  const stage = new Stage(2, CROWD);
  const ada = await stage.enter('Ada', 0);
  await stage.enter('Ben', 1);
  await stage.enter('Cleo', 1);
  const dora = await stage.enter('Dora', 1);
  await stage.pass(COUNTED_MS);
  demandShown(stage, ada.page, '4 0');
  dora.person.closePage(dora.page);
  await stage.pass(10_000 + COUNTED_MS);
  demandShown(stage, ada.page, '3 0');
  return stage.end();
}

async function startsWhileAway(): Promise<readonly string[]> {
  const stage = new Stage(1, CROWD);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben');
  const cleo = await stage.enter('Cleo');
  await stage.leaveNetwork(ada.page);
  await stage.pass(11_000);
  for (const { page } of [ben, cleo]) void page.link.leave();
  await stage.pass(1_000);
  for (const { person, page } of [ben, cleo]) person.closePage(page);
  await stage.returnTo(ada.page);
  demandShown(stage, ada.page, 'all 1');
  await stage.open(ben.person);
  demandShown(stage, ada.page, 'all 2');
  return stage.end();
}

/** There is no notice that would tell the other tab. */
async function leavesInOneTab(): Promise<readonly string[]> {
  const stage = new Stage(1, CROWD);
  await stage.enter('Ada');
  await stage.enter('Cleo');
  const ben = await stage.enter('Ben');
  const other = await stage.open(ben.person);
  void ben.page.link.leave();
  await stage.pass(500);
  stage.demand(other.link.status === 'ended', `the other tab is ${other.link.status}`);
  for (const page of ben.person.pages) ben.person.closePage(page);
  return stage.end();
}
