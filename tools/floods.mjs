// `npm run floods`: what a flood by one does to the others, measured. Ends with 1 when a figure is missed.
// `node tools/floods.mjs --only pings --program dist/server/main.js`: one of them, another build.
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { FLOODS, NOBODY, NOT_MEASURED } from './flood-cases.mjs';
import { FloodedServer } from './flooded-server.mjs';

const MOST_P99_MS = 250;
const MOST_HELD_MB = 30;
const WARM_UP_MS = 20_000;
const FLOOD_MS = 20_000;
/** As many as one address may make come in at once. */
const VISITORS = 250;
/** Each is a session of its own, well below what one may send. */
const TALKERS = 10;
const TALK_EVERY_MS = 250;
const LOOK_EVERY_MS = 100;

const { values } = parseArgs({ options: { only: { type: 'string' }, program: { type: 'string' } } });
const program = values.program ?? fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
console.log('| flood | p99 of the others | memory held | with garbage | |\n| --- | --- | --- | --- | --- |');
const cases = [{ flood: '', title: NOBODY }, ...FLOODS];
for (const { flood, title } of cases.filter(({ flood }) => values.only === undefined || values.only === flood)) {
  const { p99, held, grown } = await measure(flood);
  const isMissed = p99 >= MOST_P99_MS || held >= MOST_HELD_MB;
  const figures = [`${p99.toFixed(0)} ms`, inMb(held), grown === undefined ? NOT_MEASURED : inMb(grown)];
  console.log(`| ${[title, ...figures, isMissed ? 'missed' : 'kept'].join(' | ')} |`);
  if (isMissed) process.exitCode = 1;
}

/** Each with a server of its own: what one flood left must not count for the next. @param {string} flood */
async function measure(flood) {
  const server = new FloodedServer(program);
  try {
    const port = await server.ready();
    const talkers = await Promise.all(Array.from({ length: TALKERS }, (_, n) => talk(port, n)));
    await warmUp(port);
    const [before, lowest] = [await server.held(), server.memory()];
    const since = performance.now();
    const stop = begin(flood, port);
    const most = await highest(server, FLOOD_MS);
    const times = talkers.flatMap((talker) => talker.end(since));
    // While it goes on, and when nobody waits for an answer: collecting garbage takes its time.
    const held = (await server.held()) - before;
    stop();
    const grown = lowest === undefined || most === undefined ? undefined : most - lowest;
    return { p99: percentile(times, 0.99), held, grown };
  } finally {
    await server.end();
  }
}

/** A server that did nothing yet grows by whatever it does: so it has served a school before it is measured. @param {number} port */
async function warmUp(port) {
  const visits = [];
  for (let n = 0; n < VISITORS; n += 1) {
    visits.push(visit(port, n));
    await sleep(WARM_UP_MS / VISITORS);
  }
  await Promise.all(visits);
}

/** @param {number} port @param {number} nth */
async function visit(port, nth) {
  const auth = { name: `Visitor ${nth}`, room: 'measured', key: randomBytes(24).toString('base64url') };
  const socket = io(`http://127.0.0.1:${port}/chat`, { auth, transports: ['websocket'], forceNew: true });
  for (const request of ['join', 'history']) await socket.emitWithAck(request, { room: 'measured' });
  const items = Array.from({ length: 5 }, () => ({ clientId: randomUUID(), text: 'hello '.repeat(20) }));
  await socket.emitWithAck('message', { room: 'measured', items });
  // And some of them the whole log, so that what the store keeps at hand of it is there.
  if (nth % 5 === 0)
    for (let after = 0; after < 1_000; after += 250) await socket.emitWithAck('catchUp', { room: 'measured', after });
  socket.disconnect();
}

/** @param {string} flood @param {number} port */
function begin(flood, port) {
  if (flood === '') return () => undefined;
  const flooder = fileURLToPath(new URL('flooder.mjs', import.meta.url));
  const child = spawn(process.execPath, [flooder, flood, String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
  return () => child.kill('SIGKILL');
}

/** @param {FloodedServer} server @param {number} ms */
async function highest(server, ms) {
  const until = performance.now() + ms;
  let most = server.memory();
  while (performance.now() < until) {
    if (most !== undefined) most = Math.max(most, server.memory() ?? 0);
    await sleep(LOOK_EVERY_MS);
  }
  return most;
}

/**
 * Says something now and then, and how long each took to be acknowledged. What is never acknowledged took until the end.
 * @param {number} port @param {number} nth
 */
async function talk(port, nth) {
  const auth = { name: `Talker ${nth}`, room: 'measured', key: randomBytes(24).toString('base64url') };
  const socket = io(`http://127.0.0.1:${port}/chat`, { auth, transports: ['websocket'], forceNew: true });
  await new Promise((resolve, reject) =>
    socket.once('connect', () => resolve(undefined)).once('connect_error', reject),
  );
  /** @type {{ at: number, took?: number }[]} */
  const said = [];
  const say = () => {
    const one = { at: performance.now() };
    said.push(one);
    const request = { room: 'measured', items: [{ clientId: randomUUID(), text: 'still here' }] };
    socket.emit('message', request, (/** @type {{ results?: { seq?: number }[] }} */ reply) => {
      // A refusal is no acknowledgement.
      if (reply.results?.[0]?.seq !== undefined) Object.assign(one, { took: performance.now() - one.at });
    });
  };
  const timer = setInterval(say, TALK_EVERY_MS);
  return {
    /** @param {number} since */
    end(since) {
      clearInterval(timer);
      const ended = performance.now();
      socket.disconnect();
      // Those of the last moment had no time to be answered.
      const asked = said.filter(({ at }) => at >= since && at < ended - MOST_P99_MS);
      return asked.map(({ at, took }) => took ?? ended - at);
    },
  };
}

/** @param {number} amount */
function inMb(amount) {
  return `${Math.max(0, amount).toFixed(0)} MB`;
}

/** @param {number[]} values @param {number} share */
function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.POSITIVE_INFINITY;
}
