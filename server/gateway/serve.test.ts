import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refused } from '../../protocol/refusals.ts';
import { REQUESTS, type RequestName } from '../../protocol/requests.ts';
import { inShort, Node, saying } from '../rooms/node.contract.ts';
import { Refusal } from '../rooms/refusal.ts';
import { wallClock } from '../clock.ts';
import { Tolls } from '../limits/tolls.ts';
import { KEYLESS, StorageFull, StoreBusy, StoreUnavailable } from '../store/store.ts';
import { Paces } from './paces.ts';
import { Inbox, MAX_RUNNING } from './inbox.ts';
import { Load, MAX_ALL_RUNNING_BYTES, MAX_RUNNING_BYTES, weightOf } from './load.ts';
import { handlerOf } from './requests.ts';
import { answerOf } from './serve.ts';

const logged: unknown[] = [];
const logger = { warn: () => undefined, error: (...line: unknown[]) => void logged.push(line) };
const pace = new Paces({ limits: undefined, clock: wallClock, tolls: new Tolls(undefined) }).of(KEYLESS);
const failing = (error: unknown) => answerOf('message', () => Promise.reject(error as Error), logger);

test('R3: whatever goes wrong has a code', async () => {
  expect(await answerOf('rooms', async () => ({ ok: true }), logger)).toEqual({ ok: true });
  expect(await failing(new Refusal('gone'))).toEqual(refused('gone'));
  expect(await failing(new StoreUnavailable('x'))).toMatchObject({
    code: 'unavailable',
    retryAfter: expect.any(Number),
  });
  expect(await failing(new StorageFull('x'))).toMatchObject({ code: 'storageFull', retryAfter: expect.any(Number) });
  expect(await failing(new StoreBusy('x'))).toMatchObject({ code: 'busy', retryAfter: expect.any(Number) });
  expect(logged).toEqual([]);
  expect(await failing(new TypeError('x'))).toMatchObject({ code: 'unavailable', retryAfter: expect.any(Number) });
  expect(await failing('not even an error')).toMatchObject({ code: 'unavailable' });
  expect(logged).toHaveLength(2);
});

test('every request has a handler, and no other name has', () => {
  for (const name of Object.keys(REQUESTS)) expect(handlerOf(name)).toBeTypeOf('function');
  for (const name of ['__proto__', 'constructor', 'toString', '', 7, undefined, {}])
    expect(handlerOf(name)).toBeUndefined();
});

test('R1, R2: whatever arrives is answered once, with a reply of its form or a refusal', async () => {
  const node = await Node.start();
  const { caller } = node.connect(await node.newSession());
  const inbox = new Inbox({
    act: node.act,
    caller,
    pace,
    logger,
    all: new Load(MAX_ALL_RUNNING_BYTES),
    ready: Promise.resolve(),
  });
  const names = fc.oneof(fc.constantFrom(...(Object.keys(REQUESTS) as RequestName[])), fc.string(), fc.anything());
  await fc.assert(
    fc.asyncProperty(names, fc.array(fc.anything(), { maxLength: 3 }), async (name, args) => {
      const answers: unknown[] = [];
      const reply = (answer: unknown) => void answers.push(answer);
      await inbox.receive(name, [...args.filter((arg) => typeof arg !== 'function'), reply]);
      await inbox.receive(name, args);
      expect(answers).toHaveLength(1);
      expect(answers[0]).toHaveProperty('ok');
    }),
  );
});

test('R1: what cannot be weighed or counted is answered too, and what comes after it as ever', async () => {
  const node = await Node.start();
  const { caller } = node.connect(await node.newSession());
  const all = new Load(MAX_ALL_RUNNING_BYTES);
  const inbox = new Inbox({ act: node.act, caller, pace, logger, all, ready: Promise.resolve() });
  const answers: unknown[] = [];
  const ask = () => inbox.receive('rooms', [{}, (answer: unknown) => void answers.push(answer)]);
  all.add = () => {
    throw new TypeError('no number');
  };
  await ask();
  Reflect.deleteProperty(all, 'add');
  await ask();
  expect(answers).toMatchObject([{ code: 'unavailable' }, { ok: true }]);
  await inbox.finish();
  expect(all.bytes).toBe(0);
});

test('one connection runs only so much at once, and finishes what it has taken', async () => {
  const node = await Node.start();
  const { caller } = node.connect(await node.newSession());
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const inbox = new Inbox({ act: node.act, caller, pace, logger, all: new Load(MAX_ALL_RUNNING_BYTES), ready });
  const answers: unknown[] = [];
  const ask = () => inbox.receive('rooms', [{}, (answer: unknown) => void answers.push(answer)]);
  const asked = Array.from({ length: MAX_RUNNING }, ask);
  await ask();
  expect(answers).toMatchObject([{ ok: false, code: 'busy' }]);
  const finished = inbox.finish();
  await ask();
  expect(answers).toHaveLength(1);
  isReady();
  await finished;
  expect(answers.slice(1)).toEqual(Array.from({ length: MAX_RUNNING }, () => ({ ok: true, rooms: [] })));
  await Promise.all(asked);
});

/** One connection of Ada, who is in the lobby. Its requests are all asked for at once; it gives their answers. */
async function adaInTheLobby() {
  const node = await Node.start();
  const session = await node.newSession();
  await node.newMember(session, 'Ada', 'lobby');
  const { caller, heard } = node.connect(session);
  const inbox = new Inbox({
    act: node.act,
    caller,
    pace,
    logger,
    all: new Load(MAX_ALL_RUNNING_BYTES),
    ready: Promise.resolve(),
  });
  const ask = (name: RequestName, request: unknown) =>
    new Promise<unknown>((resolve, reject) => void inbox.receive(name, [request, resolve]).catch(reject));
  await ask('join', { room: 'lobby' });
  return { node, heard, ask };
}
const leaving = { room: 'lobby' };

test('R5: `leave` overtakes nothing that was sent before it, and nothing that is sent after it overtakes it', async () => {
  const { node, heard, ask } = await adaInTheLobby();
  const [said, left, late] = await Promise.all([
    ask('message', saying('lobby', 'bye')),
    ask('leave', leaving),
    ask('message', saying('lobby', 'one more')),
  ]);
  expect([said, left]).toMatchObject([{ results: [{ seq: 2 }] }, { ok: true }]);
  expect(late).toMatchObject({ results: [{ code: 'notMember' }] });
  const story = ['Ada connects', 'Ada: bye', 'Ada disconnects'];
  expect(await node.story('lobby')).toEqual(story);
  expect(heard.map(inShort)).toEqual(story);
});

test('R5: whoever leaves and joins at once is there, also when what was sent before has to be looked up', async () => {
  const { node, ask } = await adaInTheLobby();
  const open = node.store.shut('known');
  const all = Promise.all([ask('message', saying('lobby', '')), ask('leave', leaving), ask('join', leaving)]);
  await node.clock.pass(0);
  open();
  expect(await all).toMatchObject([{ results: [{ code: 'empty' }] }, { ok: true }, { ok: true }]);
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada disconnects', 'Ada connects']);
});

describe('what waits to be answered', () => {
  const LARGE = 'x'.repeat(48 * 1024);

  /** Connections whose requests wait until `open` is called. */
  async function waiting(all: Load) {
    const node = await Node.start();
    let open = (): void => undefined;
    const ready = new Promise<void>((resolve) => (open = resolve));
    const connect = async () => {
      const { caller } = node.connect(await node.newSession());
      const inbox = new Inbox({ act: node.act, caller, pace, logger, all, ready });
      const answers: { code?: string; retryAfter?: number }[] = [];
      const ask = (text: string) =>
        inbox.receive('message', [text, (answer: { code?: string }) => void answers.push(answer)]);
      return { ask, answers };
    };
    return { connect, open };
  }

  test('is bounded in bytes for a connection: `busy`, and when to try again; and there is room again afterwards', async () => {
    const all = new Load(MAX_ALL_RUNNING_BYTES);
    const { connect, open } = await waiting(all);
    const { ask, answers } = await connect();
    const taken = Math.floor(MAX_RUNNING_BYTES / weightOf([LARGE, ask]));
    const asked = Array.from({ length: taken + 3 }, () => ask(LARGE));
    expect(answers).toMatchObject(Array.from({ length: 3 }, () => ({ code: 'busy', retryAfter: 1_000 })));
    expect(all.bytes).toBeLessThanOrEqual(MAX_RUNNING_BYTES);
    open();
    await Promise.all(asked);
    // A script without a room: refused, but by the rules.
    expect(answers.slice(3).map(({ code }) => code)).toEqual(Array.from({ length: taken }, () => 'invalid'));
    expect(all.bytes).toBe(0);
    await ask(LARGE);
    expect(answers.at(-1)?.code).toBe('invalid');
  });

  test('is bounded in bytes for all connections together, and whoever is small still gets in', async () => {
    const all = new Load(3 * MAX_RUNNING_BYTES);
    const { connect, open } = await waiting(all);
    const crowd = await Promise.all(Array.from({ length: 20 }, connect));
    const asked = crowd.flatMap(({ ask }) => Array.from({ length: 5 }, () => ask(LARGE)));
    expect(all.bytes).toBeLessThanOrEqual(3 * MAX_RUNNING_BYTES);
    expect(crowd.at(-1)?.answers).toMatchObject(Array.from({ length: 5 }, () => ({ code: 'busy' })));
    const late = await connect();
    const small = late.ask('hello');
    expect(late.answers).toEqual([]);
    open();
    await Promise.all([...asked, small]);
    expect(all.bytes).toBe(0);
  });

  test('weighs whatever may come in a packet, without going too deep', () => {
    expect(weightOf(['x'.repeat(1_000)])).toBeGreaterThanOrEqual(2_000);
    expect(weightOf({ ['y'.repeat(1_000)]: 1 })).toBeGreaterThanOrEqual(2_000);
    expect(weightOf(Buffer.alloc(1_000))).toBeGreaterThanOrEqual(1_000);
    let deep: unknown = [];
    for (let i = 0; i < 30_000; i += 1) deep = [deep];
    expect(weightOf(deep)).toBeGreaterThan(0);
    fc.assert(fc.property(fc.anything(), (value) => Number.isFinite(weightOf(value)) && weightOf(value) > 0));
  });
});
