// What a reviewer would try with the bus between the nodes: it only hints.
import type { Case } from './case.ts';
import { gate, Stage } from './stage.ts';

export const BUS_CASES: readonly Case[] = [
  { title: 'T5: what is said in another room, on another server', run: newsFromElsewhere },
  { title: 'C9: a hint before the first head', run: hintBeforeFirstHead },
  { title: 'C9: the first one in a room', run: firstInRoom },
  { title: 'C9: a bus that has fallen silent without an error', run: silentBus },
  { title: 'C9: a bus that says that it is away', run: busAway },
  { title: 'C9: a bus that is there again', run: busBack },
  { title: 'C9: a hint after one that was lost', run: hintAfterLostOne },
  { title: 'C9: the last hint was lost', run: lastHintLost },
  { title: 'C9: a room that nobody is in any more', run: roomWithoutAnybody },
  { title: 'C10: a node that has noticed it tells the others', run: rewindInDigest },
];

async function hintBeforeFirstHead(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const { opened, open } = gate();
  const store = stage.town.nodes[1]?.store;
  const script = store?.script;
  if (script) script.headAnswers = opened;
  let reads = 0;
  if (store) {
    const { read } = store;
    store.read = (...asked) => {
      reads += 1;
      return read(...asked);
    };
  }
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
  stage.demand(reads === 0, 'what was hinted meanwhile had to be read');
  return stage.end();
}

/** It subscribes, and then reads the head: what is stored between the two is hinted. */
async function firstInRoom(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const [node] = stage.town.nodes;
  const order: string[] = [];
  if (node) {
    const { bus, store } = node;
    const { heads } = store;
    const subscribe = bus.subscribe.bind(bus);
    bus.subscribe = async (room) => {
      await subscribe(room);
      order.push('subscribed');
    };
    store.heads = (rooms) => {
      order.push('asked');
      return heads(rooms);
    };
  }
  await stage.enter('Ada');
  stage.demand(order[0] === 'subscribed' && order[1] === 'asked', `the order was ${order.join()}`);
  return stage.end();
}

async function silentBus(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.town.exchange.isSilent = true;
  await stage.pass(6_000);
  const id = stage.say(ada, 'unheard');
  await stage.pass(2_000);
  stage.demand(stage.text(ben.page, id) !== undefined, 'nobody has noticed that the bus is silent');
  return stage.end();
}

async function busAway(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.town.nodes[1]?.bus.cut();
  const id = stage.say(ada, 'unheard');
  await stage.pass(1_500);
  stage.demand(stage.text(ben.page, id) !== undefined, 'heads are not compared every second');
  return stage.end();
}

async function busBack(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.town.nodes[1]?.bus.cut();
  const id = stage.say(ada, 'unheard');
  await stage.pass(200);
  stage.town.nodes[1]?.bus.mend();
  await stage.pass(200);
  stage.demand(stage.text(ben.page, id) !== undefined, 'heads are not compared at once');
  return stage.end();
}

async function hintAfterLostOne(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.town.exchange.isSilent = true;
  const lost = stage.say(ada, 'one');
  await stage.pass(250);
  stage.town.exchange.isSilent = false;
  stage.say(ada, 'two');
  await stage.pass(300);
  stage.demand(stage.text(ben.page, lost) !== undefined, 'what the lost hint told of is not read at once');
  return stage.end();
}

/** All heads were compared just now: only a digest can tell so soon. */
async function lastHintLost(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  const [, second] = stage.town.nodes;
  second?.bus.cut();
  second?.bus.mend();
  await stage.pass(1_500);
  stage.town.exchange.isSilent = true;
  const id = stage.say(ada, 'the last one');
  await stage.pass(250);
  stage.town.exchange.isSilent = false;
  await stage.pass(2_200);
  stage.demand(stage.text(ben.page, id) !== undefined, 'no digest has told of it');
  return stage.end();
}

async function roomWithoutAnybody(): Promise<readonly string[]> {
  const stage = new Stage(2);
  await stage.enter('Ada', 1);
  const ben = await stage.enter('Ben');
  const bus = stage.town.nodes[0]?.bus;
  let unsubscribed = 0;
  if (bus) {
    bus.unsubscribe = async () => {
      unsubscribed += 1;
    };
  }
  ben.person.closePage(ben.page);
  await stage.pass(59_000);
  stage.demand(unsubscribed === 0, 'the room was left before a minute was over');
  await stage.pass(2_000);
  stage.demand(unsubscribed === 1, 'the room was not left after a minute');
  return stage.end();
}

/** Of two nodes one finds out by what it stores itself; the other one has delivered another entry of the same number. */
async function rewindInDigest(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const { town } = stage;
  const ada = await stage.enter('Ada');
  const ben = await stage.enter('Ben', 1);
  stage.say(ada, 'before');
  await stage.pass(500);
  town.save();
  const lost = stage.say(ada, 'lost');
  await stage.pass(200);
  town.rewind();
  town.exchange.isSilent = true;
  stage.say(ada, 'after');
  await stage.pass(250);
  town.exchange.isSilent = false;
  // All heads are compared after 7.5 s at the soonest, and now it is half of that.
  await stage.pass(3_500);
  stage.demand(stage.text(ben.page, lost) === undefined, `${ben.page.name} shows what is gone`);
  town.isLeaseUndone = false;
  return stage.end();
}

/** Ben has tea and cake, and looks at cake. What hints told nobody of is told once heads were compared. */
async function newsFromElsewhere(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const { town } = stage;
  const browser = town.newBrowser('Ben');
  const [inTea, inCake] = [town.addPerson(browser, 'tea', 'Ben'), town.addPerson(browser, 'cake', 'Ben')];
  await town.comeIn(inTea);
  await town.comeIn(inCake);
  const page = await stage.open(inCake, 1);
  const ada = await stage.enter('Ada', 0);
  const asked = page.connection?.ask('rooms', {});
  await stage.pass(500);
  stage.demand((await asked)?.ok === true, 'the rooms were not told');
  stage.say(ada, 'one');
  await stage.pass(500);
  town.nodes[1]?.bus.cut();
  stage.say(ada, 'two');
  stage.say(ada, 'three');
  await stage.pass(20_000);
  town.nodes[1]?.bus.mend();
  const told = page.news.map(({ room, messages, mentioned }) => `${room} ${messages} ${mentioned}`).join();
  stage.demand(told === 'tea 1 false,tea 2 false', `Ben was told ${told}`);
  stage.demand(ada.page.news.length === 0, 'Ada was told of her own');
  return stage.end();
}
