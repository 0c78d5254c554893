// What a reviewer would try with batches: what is told of them, how large they get, and what time they give.
import type { Write } from '../server/store/store.ts';
import { uuid } from './chat-node.ts';
import type { Case } from './case.ts';
import type { Page } from './page.ts';
import { Stage } from './stage.ts';

const MINUTE = 60_000;

export const BATCH_CASES: readonly Case[] = [
  { title: 'L9: the clock is set back by half a minute', run: () => clockSetBack(MINUTE / 2) },
  { title: 'L9: the clock is set back by an hour', run: () => clockSetBack(60 * MINUTE) },
  { title: 'L10: a commit whose answer is lost, and the next is not', run: answerLostOnce },
  { title: 'L10: a store that takes nothing for a while', run: neverCommitted },
  { title: 'L10: a server that is frozen while its store fails', run: frozenWhileFailing },
  { title: 'L10: there is no space for a moment', run: noSpace },
  { title: 'L10: a text that an engine cannot store', run: unreadableText },
  { title: 'L11: many small requests at once', run: () => atOnce(8, 99, 'x', '495,297') },
  { title: 'L11: many large requests at once', run: () => atOnce(20, 10, 'x'.repeat(4_000), '80,80,40') },
  { title: 'L11: more than 5,000 items wait', run: () => refusedFrom(60, 99, 'x', 50) },
  { title: 'L11: more than 4 MB wait', run: () => refusedFrom(40, 10, 'x'.repeat(4_000), 34) },
];

async function clockSetBack(ms: number): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.say(ada, 'one');
  await stage.pass(1_000);
  const now = stage.town.world.now();
  stage.town.clockError = -ms;
  stage.say(ada, 'two');
  await stage.pass(1_000);
  const [one, two] = linesOf(ada.page);
  const expected = ms > MINUTE ? now - ms : (one?.at ?? 0);
  stage.demand(
    two?.text === 'two' && two.at - expected >= 0 && two.at - expected < 1_000,
    `the second is ${two?.text}, ${(two?.at ?? 0) - expected} ms after ${expected}`,
  );
  return stage.end();
}

async function answerLostOnce(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.town.nodes[0]?.store.script.appends.push('answer is lost');
  const id = stage.say(ada, 'one');
  await stage.pass(1_500);
  stage.demand(stage.town.ledger.acknowledged.has(id), 'its sender was told to wait');
  return stage.end();
}

async function neverCommitted(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const appends = stage.town.nodes[0]?.store.script.appends ?? [];
  appends.push('fails', 'fails', 'fails', 'fails', 'fails');
  stage.say(ada, 'one');
  // A fourth try would be made after 2.8 s, and the page tries again after 3.2 s at the soonest.
  await stage.pass(3_000);
  stage.demand(appends.length === 2, `it was tried ${5 - appends.length} times`);
  await stage.pass(10_000);
  stage.demand(linesOf(ada.page).length === 1, 'it was given up');
  return stage.end();
}

async function frozenWhileFailing(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  const [node] = stage.town.nodes;
  const appends = node?.store.script.appends ?? [];
  appends.push('fails', 'fails', 'fails');
  stage.say(ada, 'one');
  while (appends.length === 3) await stage.pass(1);
  node?.host.freeze();
  await stage.pass(6_000);
  node?.host.wake();
  await stage.pass(1_500);
  stage.demand(appends.length === 2, `it was tried ${3 - appends.length} times, though 5 s were over`);
  return stage.end();
}

async function noSpace(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  stage.town.disk = 'full';
  const id = stage.say(ada, 'one');
  await stage.pass(3_000);
  stage.demand(ada.page.outbox?.state.items[0]?.refusal === undefined, 'it is taken for refused');
  void ada.page.link.loadOlder();
  stage.town.disk = 'well';
  await stage.pass(12_000);
  stage.demand(stage.text(ada.page, id) === 'one', 'it was not sent again');
  return stage.end();
}

async function unreadableText(): Promise<readonly string[]> {
  const stage = new Stage(1);
  const ada = await stage.enter('Ada');
  for (const text of ['nul \0 nul', 'half \ud83d half']) {
    const id = stage.say(ada, text);
    await stage.pass(500);
    stage.demand(stage.town.ledger.refused.get(id) === 'unreadable', `it was ${stage.town.ledger.refused.get(id)}`);
  }
  return stage.end();
}

/** So many requests of so many items arrive together; `batches` are their sizes. */
async function atOnce(requests: number, items: number, text: string, batches: string): Promise<readonly string[]> {
  const { stage, sizes } = await crowded(requests, items, text);
  stage.demand(sizes.join() === batches, `the batches had ${sizes.join()} items`);
  return stage.end();
}

/** Of so many requests that arrive together, `taken` are not refused with `busy`. */
async function refusedFrom(requests: number, items: number, text: string, taken: number): Promise<readonly string[]> {
  const { stage, answers } = await crowded(requests, items, text);
  const busy = answers.indexOf('busy');
  stage.demand(busy === taken, `request ${busy} was the first to be refused`);
  stage.demand(
    answers.slice(taken).every((answer) => answer === 'busy'),
    `answers: ${answers.join()}`,
  );
  return stage.end();
}

/** There is no space for any of it: what becomes of it is not what this is about. */
async function crowded(
  requests: number,
  items: number,
  text: string,
): Promise<{ stage: Stage; sizes: readonly number[]; answers: readonly string[] }> {
  const stage = new Stage(1);
  const { person } = await stage.enter('Ada');
  const [node] = stage.town.nodes;
  const sizes: number[] = [];
  const answers: string[] = [];
  if (!node || !person.roomId || !person.member) throw new Error('Nobody is here.');
  const { member: by, roomId: room } = person;
  const append = node.store.append.bind(node.store);
  node.store.append = (writes) => {
    if (writes.some((write) => write.kind === 'message')) sizes.push(writes.length);
    return append(writes);
  };
  stage.town.disk = 'full';
  for (let nth = 0; nth < requests; nth += 1) {
    const writes = Array.from({ length: items }, (): Write => {
      return { kind: 'message', room, by, clientId: uuid(stage.town.dice), text };
    });
    void node.log.add(writes).then(([first]) => {
      answers[nth] = first?.result === 'refused' ? first.code : `${first?.result}`;
    });
  }
  await stage.pass(2_000);
  stage.town.disk = 'well';
  return { stage, sizes, answers };
}

function linesOf({ link }: Page): readonly { readonly text: string; readonly at: number }[] {
  return link.state.lines.flatMap((line) => (line.kind === 'message' ? [line] : []));
}
