// What a reviewer would try with changes, and with what has been read.
import { UNREAD_MAX } from '../protocol/limits.ts';
import type { RequestName } from '../protocol/requests.ts';
import type { Case } from './case.ts';
import { uuid } from './chat-node.ts';
import type { Page } from './page.ts';
import { Stage } from './stage.ts';

export const CHANGE_CASES: readonly Case[] = [
  { title: 'L4: what was sent before its sender left is sent once more', run: sentBeforeLeaving },
  { title: 'L5: a reaction to what is no message', run: reactionToNotice },
  { title: 'L6: each change a second time', run: changesTwice },
  { title: 'L12: messages of others after what was read', run: unreadOfOthers },
  { title: 'L12: more than a list can show', run: unreadBeyondMost },
  { title: 'L12: what was read stays read', run: readStaysRead },
  { title: 'T4: what is read, and is to be read again, is told to the same person elsewhere', run: readElsewhere },
];

async function sentBeforeLeaving(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const clientId = stage.say(ada, 'one');
  await stage.pass(500);
  void ada.page.link.leave();
  await stage.pass(500);
  const items = [{ clientId, text: 'one' }];
  const reply = await ask(stage, ada.page, 'message', { room: stage.room, items });
  stage.demand(reply.includes('"duplicate":true'), `it was answered with ${reply}`);
  ada.person.closePage(ada.page);
  return stage.end();
}

async function reactionToNotice(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const notice = ada.page.link.state.last.seq;
  const clientId = uuid(stage.town.dice);
  const reply = await ask(stage, ada.page, 'react', { room: stage.room, target: notice, clientId, emoji: '👍' });
  stage.demand(reply.includes('"code":"notFound"'), `it was answered with ${reply}`);
  return stage.end();
}

async function changesTwice(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.say(ada, 'one');
  await stage.pass(500);
  const target = ada.page.link.state.last.seq;
  const twice: readonly (readonly [RequestName, object])[] = [
    ['edit', { text: 'two' }],
    ['react', { emoji: '👍' }],
    ['unreact', { emoji: '👍' }],
    ['pin', {}],
    ['unpin', {}],
    ['title', { title: 'Green tea' }],
    ['topic', { topic: 'Leaves' }],
    ['delete', {}],
  ];
  for (const said of stage.town.wishes.said.values()) said.isUnclear = true;
  for (const [name, what] of twice) {
    const seq = ada.page.link.state.last.seq + 1;
    for (const time of ['first', 'second']) {
      const clientId = uuid(stage.town.dice);
      const request = { room: stage.room, clientId, ...(isOfRoom(name) ? {} : { target }), ...what };
      const reply = await ask(stage, ada.page, name, request);
      stage.demand(reply.includes(`"seq":${seq}}`), `the ${time} ${name} was answered with ${reply}, not ${seq}`);
    }
    stage.isAtHead(ada.page, seq);
  }
  return stage.end();
}

function isOfRoom(name: RequestName): boolean {
  return name === 'title' || name === 'topic';
}

async function unreadOfOthers(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const [ada, ben] = [await stage.enter('Ada'), await stage.enter('Ben')];
  for (const text of ['one', 'two']) stage.say(ada, text);
  await stage.pass(500);
  stage.say(ben, 'I have read them');
  await stage.pass(500);
  await stage.enter('Cleo');
  const gone = stage.say(ada, 'three');
  stage.say(ada, 'four');
  await stage.pass(500);
  const first = ada.page.link.state.last.seq;
  ada.person.change(ada.page, { clientId: gone, seq: first - 1 }, undefined);
  stage.say(ada, 'five');
  await stage.pass(500);
  await demandUnread(stage, ben.page, 2);
  const again = await stage.open(ben.person);
  stage.demand(again.link.state.firstUnread === first, `the first is ${again.link.state.firstUnread}, not ${first}`);
  return stage.end();
}

async function unreadBeyondMost(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  await stage.remember(UNREAD_MAX + 20);
  const ben = await stage.enter('Ben');
  await demandUnread(stage, ben.page, 0);
  for (let nth = 0; nth < UNREAD_MAX + 20; nth += 1) stage.say(ada, `message ${nth}`);
  await stage.pass(2_000);
  await demandUnread(stage, ben.page, UNREAD_MAX);
  return stage.end();
}

async function readStaysRead(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const [ada, ben] = [await stage.enter('Ada'), await stage.enter('Ben')];
  const { memory } = stage.town;
  const { member } = ben.person;
  stage.say(ada, 'one');
  await stage.pass(500);
  if (!member) throw new Error('Ben is nobody.');
  await memory.markRead(member, ada.page.link.state.last.seq + 10);
  await memory.markRead(member, 1);
  await demandUnread(stage, ben.page, 0);
  stage.say(ada, 'two');
  await stage.pass(500);
  await demandUnread(stage, ben.page, 1);
  return stage.end();
}

async function readElsewhere(): Promise<readonly string[]> {
  const stage = new Stage(2);
  const [ada, ben] = [await stage.enter('Ada'), await stage.enter('Ben')];
  const elsewhere = await stage.open(ben.person, 1);
  for (const text of ['one', 'two']) stage.say(ada, text);
  await stage.pass(500);
  const last = ada.page.link.state.last.seq;
  const demandPlace = (place: number) => {
    for (const page of [ben.page, elsewhere])
      stage.demand(page.readUpTo === place, `${page.name} was told of ${page.readUpTo}, not ${place}`);
    stage.demand(ada.page.readUpTo === undefined, `Ada was told of ${ada.page.readUpTo}`);
  };
  await ask(stage, ben.page, 'read', { room: stage.room, seq: last + 10 });
  demandPlace(last);
  await demandUnread(stage, ben.page, 0);
  await ask(stage, elsewhere, 'unread', { room: stage.room, seq: last });
  demandPlace(last - 1);
  await demandUnread(stage, ben.page, 1);
  // Nothing moves it back but that.
  await ask(stage, ben.page, 'read', { room: stage.room, seq: 1 });
  demandPlace(last - 1);
  await ask(stage, ben.page, 'unread', { room: stage.room, seq: last + 10 });
  demandPlace(last - 1);
  return stage.end();
}

async function demandUnread({ town }: Stage, page: Page, expected: number): Promise<void> {
  const session = page.connection?.server?.session;
  const [room] = session === undefined ? [] : await town.memory.rooms(session);
  if (room?.unread !== expected) town.ledger.broke('case', `${page.name} has ${room?.unread} to read, not ${expected}`);
}

/** As the page's connection asks; the reply, in JSON. */
async function ask(stage: Stage, { connection }: Page, name: RequestName, request: object): Promise<string> {
  if (!connection?.server) throw new Error('There is no connection.');
  const reply = connection.node.answer(connection.server, name, request);
  await stage.pass(500);
  return JSON.stringify(await reply);
}
