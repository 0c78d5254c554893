// What a reviewer would try with two pages of one member, where nobody looks at the one that sends.
import { lockName } from '../web/connection/sending-lock.ts';
import type { Case } from './case.ts';
import type { Page } from './page.ts';
import type { Person } from './person.ts';
import { Stage } from './stage.ts';

export const TAB_CASES: readonly Case[] = [
  { title: 'S6: a page that was hidden before the next one was opened', run: hiddenFirst },
  { title: 'S6: a page that is suspended with the lock', run: suspendedHolder },
  { title: 'S2: a page that is hidden with a request under way', run: hiddenUnderWay },
  { title: 'S2: a page that is suspended with a request under way', run: suspendedUnderWay },
  { title: 'S6: a page that is suspended as it is about to send', run: suspendedAboutToSend },
];

/** As long as a page that does not answer is waited for, and what is sent then takes. */
const TAKEN_AWAY_MS = 4_000;

async function hiddenFirst(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { person, page } = await stage.enter('Ada');
  page.hide();
  const second = await stage.open(person);
  demandHolder(stage, person, second);
  second.hide();
  page.show();
  await stage.pass(100);
  demandHolder(stage, person, page);
  return stage.end();
}

/** Before it has heard that it is hidden. */
async function suspendedHolder(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { person, page } = await stage.enter('Ada');
  page.host.freeze();
  const second = await stage.open(person);
  const id = stage.say({ person, page: second }, 'said on the second page');
  await stage.pass(TAKEN_AWAY_MS);
  stage.demand(stage.text(second, id) !== undefined, 'it was not sent');
  page.host.wake();
  await stage.pass(100);
  demandHolder(stage, person, second);
  stage.say({ person, page }, 'said on the first page');
  return stage.end();
}

/** Its answer is waited for before the next page sends. */
async function hiddenUnderWay(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { person, page } = await stage.enter('Ada');
  const second = await stage.open(person);
  const [node] = stage.town.nodes;
  node?.host.freeze();
  stage.say({ person, page }, 'first');
  await stage.pass(300);
  page.hide();
  stage.say({ person, page: second }, 'second');
  await stage.pass(1_000);
  node?.host.wake();
  await stage.pass(300);
  demandHolder(stage, person, second);
  return stage.end();
}

async function suspendedUnderWay(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { person, page } = await stage.enter('Ada');
  const [node] = stage.town.nodes;
  node?.host.freeze();
  const first = stage.say({ person, page }, 'first');
  await stage.pass(300);
  page.hide();
  page.host.freeze();
  node?.host.wake();
  const second = await stage.open(person);
  const next = stage.say({ person, page: second }, 'second');
  await stage.pass(TAKEN_AWAY_MS);
  const order = [...stage.town.ledger.stored.values()].flatMap(({ entry }) =>
    'clientId' in entry ? entry.clientId : [],
  );
  stage.demand(order.join() === [first, next].join(), `the log has ${order.length} of them, or another order`);
  page.host.wake();
  return stage.end();
}

/** It has marked on the disk what it is about to send, and does not know yet that it has: when it wakes another has sent it. */
async function suspendedAboutToSend(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const { person, page } = await stage.enter('Ada');
  const { disk } = person.browser;
  const write = disk.write.bind(disk);
  disk.write = (owner, items) => {
    if (items.some(({ tried }) => tried)) page.host.freeze();
    return write(owner, items);
  };
  const first = stage.say({ person, page }, 'first');
  while (!page.host.isFrozen) await stage.pass(1);
  disk.write = write;
  const second = await stage.open(person);
  await stage.pass(TAKEN_AWAY_MS);
  stage.demand(stage.text(second, first) === 'first', 'the second page has not sent it');
  page.host.wake();
  return stage.end();
}

function demandHolder(stage: Stage, person: Person, page: Page): void {
  const owner = page.owner;
  const holder = owner && person.browser.holder(lockName(owner));
  stage.demand(holder === page, `${holder?.name ?? 'nobody'} has the lock`);
}
