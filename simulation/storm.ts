// One run from one seed: people in rooms, everything that can go wrong, then quiet, then the questions.
import type { RoomId } from '../protocol/ids.ts';
import type { Head } from '../server/store/store.ts';
import type { Crowd } from '../server/store/transaction.ts';
import { Dice } from './dice.ts';
import { DISK_FAULTS, type Faults, FAULTS, LEASE_FAULTS, LONG_FAULTS, strike, WITH_REWINDS } from './faults.ts';
import { move, reload } from './lives.ts';
import { checkDisk, checkPage, checkWishes } from './page-check.ts';
import type { Page } from './page.ts';
import type { Person } from './person.ts';
import { checkAcknowledged, checkHere, checkRoom, readRoom, type RoomRead } from './room-check.ts';
import { Town } from './town.ts';
import { STORE_FLAKY, STORMY, type Weather } from './weather.ts';

/** Every so many ms, from and to. */
type Every = readonly [least: number, most: number];

interface Plan {
  readonly stormMs: number;
  readonly acts: Every;
  readonly moves: Every;
  readonly strikes: Every;
  readonly faults: Faults;
  readonly weather: Weather;
  /** The share of what people do that leads them elsewhere in the room. */
  readonly leaps?: number;
  /** With every third seed. */
  readonly crowd?: Crowd;
}

const DELIVERY: Plan = {
  stormMs: 40_000,
  acts: [100, 1_400],
  moves: [2_000, 9_000],
  strikes: [400, 3_500],
  faults: FAULTS,
  weather: STORMY,
};
/** People read wherever in the room, and not from its end up alone. */
const READING: Plan = { ...DELIVERY, leaps: 0.15 };
const REWINDS: Plan = { ...DELIVERY, faults: WITH_REWINDS };
/** Less is said, and more come and go. */
const PRESENCE: Plan = {
  stormMs: 80_000,
  acts: [2_000, 12_000],
  moves: [800, 8_000],
  strikes: [800, 5_000],
  faults: LEASE_FAULTS,
  weather: STORE_FLAKY,
  crowd: { above: 2, below: 2 },
};
/** Hardly anybody moves, so that nobody's coming puts right what the node has not. */
const STILLNESS: Plan = {
  ...PRESENCE,
  acts: [8_000, 40_000],
  moves: [15_000, 90_000],
  strikes: [4_000, 15_000],
  faults: LONG_FAULTS,
};
/** Again and again no server has its lease, and then all of them have it again. */
const REFUSALS: Plan = {
  ...STILLNESS,
  stormMs: 200_000,
  strikes: [30_000, 70_000],
  faults: DISK_FAULTS,
};

/** A connection that was half open when the storm ended is closed after 35 s; then a page tries again and joins. */
const RECOVERED_AFTER_MS = 42_000;
/** With the time above: a lease, what reaps its rows, and who then comes in again. */
const REAPED_AFTER_MS = 6_000;
/** One node is gone for so long that nothing is left of it, and comes back for the last burst. */
const KILLED_AFTER_MS = 14_000;
const BURST_MS = 5_000;
/** 4 s when the bus falls silent, and a page that reconnects. */
const PROMPT_AFTER_MS = 9_000;
/** Heads are compared by then, whatever was lost. */
const QUIET_MS = 20_000;
/** An answer takes less on a quiet network, and brings 500 entries or 256 kB (R7). */
const READ_MS = 500;
const MOST_READINGS = 50;
/** Heads are compared every 12.5 s at least; that question and the read behind it may take SLOW_MS each, and a look is 1 s. */
const BEHIND_AT_MOST_S = 16;

export interface StormResult {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly entries: number;
  readonly events: number;
}

/** Every third seed has rewinds: the others show that nothing acknowledged is ever lost. */
export function deliveryStorm(seed: number): Promise<StormResult> {
  return storm(seed, seed % 3 === 0 ? REWINDS : DELIVERY);
}

export function readingStorm(seed: number): Promise<StormResult> {
  return storm(seed, READING);
}

export function rewindStorm(seed: number): Promise<StormResult> {
  return storm(seed, REWINDS);
}

export function presenceStorm(seed: number): Promise<StormResult> {
  if (seed % 4 === 0) return storm(seed, REFUSALS);
  return storm(seed, seed % 2 === 0 ? STILLNESS : PRESENCE);
}

async function storm(seed: number, plan: Plan): Promise<StormResult> {
  const nodes = seed % 5 === 0 ? 1 : seed % 2 === 0 ? 2 : 3;
  const crowd = plan.crowd && seed % 3 === 0 ? { crowd: plan.crowd } : {};
  const town = new Town({ seed, nodes, longTexts: seed % 4 === 1 ? 0.8 : 0, leaps: plan.leaps ?? 0, ...crowd });
  const crash = (error: unknown) => town.ledger.broke('I8', String(error instanceof Error ? error.stack : error));
  process.on('unhandledRejection', crash);
  try {
    await weather(town, seed, plan);
  } catch (error) {
    crash(error);
  } finally {
    process.off('unhandledRejection', crash);
  }
  return { seed, problems: town.ledger.problems, entries: town.ledger.stored.size, events: town.world.eventsRun };
}

async function weather(town: Town, seed: number, plan: Plan): Promise<void> {
  const dice = new Dice(seed + 1_000_003);
  await populate(town, dice);
  town.storm(plan.weather);
  const isOver = () => town.world.age > plan.stormMs;
  for (const person of town.people) live(town, person, dice.fork(), plan, isOver);
  const fates = dice.fork();
  repeat(
    town,
    () => fates.between(...plan.strikes),
    isOver,
    () => strike(town, fates, plan.faults),
  );
  await town.world.runFor(plan.stormMs);
  town.mend();
  const bus = troubleBus(town, seed);
  for (const person of town.people) await comeHome(person, fates);
  const firstPlace = town.nodes.length > 1 ? town.nodes[0] : undefined;
  town.world.after(KILLED_AFTER_MS, () => firstPlace?.kill());
  await town.world.runFor(RECOVERED_AFTER_MS);
  lookAtDeafPages(town);
  watchHeads(town);
  await town.world.runFor(REAPED_AFTER_MS);
  for (const room of town.rooms) await checkHere(town, await readRoom(town, room));
  if (firstPlace) town.startNode(0);
  await lastBurst(town, fates);
  await town.world.runFor(PROMPT_AFTER_MS);
  if (bus === 'late' || bus === 'silent') await checkHeads(town);
  await town.world.runFor(QUIET_MS);
  if (plan.leaps !== undefined) await readOn(town);
  await checkTown(town);
}

/** Whoever has leapt reads on until there is nothing newer: then they have what everybody has. */
async function readOn(town: Town): Promise<void> {
  for (const { link } of town.pages()) {
    for (let times = 0; times < MOST_READINGS && !link.state.atEnd; times += 1) {
      void link.loadNewer();
      await town.world.runFor(READ_MS);
    }
  }
}

type BusTrouble = 'late' | 'silent' | 'lossy' | 'cut';

/** A bus never has to work again: nothing depends on it but speed. */
function troubleBus(town: Town, seed: number): BusTrouble {
  const trouble = (['late', 'silent', 'lossy', 'cut'] as const)[seed % 4] ?? 'late';
  if (trouble === 'late') town.weather.hintLate = 0.3;
  if (trouble === 'silent') town.exchange.isSilent = true;
  if (trouble === 'lossy') town.weather.hintLost = 0.5;
  if (trouble === 'cut') town.nodes.at(-1)?.bus.cut();
  return trouble;
}

/**
 * When nobody's coming and going will tell anyone anything any more: joins, pages and changes, a herd that comes back, and
 * then nothing. The store takes its time, so that much happens between a question and its answer.
 */
async function lastBurst(town: Town, dice: Dice): Promise<void> {
  const end = town.world.age + BURST_MS;
  const isOver = () => town.world.age > end;
  town.weather.storeSlow = 0.3;
  for (const person of town.people) {
    repeat(
      town,
      () => dice.between(20, 500),
      isOver,
      () => person.act(),
    );
    town.world.after(dice.below(BURST_MS / 2), () => leaveBriefly(town, person, dice));
  }
  await town.world.runFor(BURST_MS);
}

function leaveBriefly(town: Town, person: Person, dice: Dice): void {
  const [page] = person.pages;
  const luck = dice.random();
  if (luck < 0.2) return page?.cut(true);
  if (luck < 0.4) return reload(town, person, dice);
  if (!page) return;
  page.isOffline = true;
  page.cut(true);
  const isBackFirst = dice.chance(0.2);
  // The others come back after all has been said, each with something to say.
  town.world.after((isBackFirst ? BURST_MS / 2 : BURST_MS) + dice.below(500), () => {
    // Who was sent away meanwhile writes on another page.
    if (page.isGone) return;
    person.write(page);
    page.host.run(() => page.online());
  });
}

/** C9: where hints are not lost without anybody's knowing, nobody waits for the next comparison of all heads. */
async function checkHeads(town: Town): Promise<void> {
  for (const room of town.rooms) {
    const { entries } = await readRoom(town, room);
    const old =
      entries.findLast((entry) => 'at' in entry && entry.at < town.world.now() - PROMPT_AFTER_MS + 1_000)?.seq ?? 0;
    for (const { link, name } of town.people.flatMap(({ roomId, pages }) => (roomId === room ? pages : []))) {
      // Whoever comes back just now asks for it.
      if (link.status === 'joined' && link.state.last.seq < old)
        town.ledger.broke('C9', `${name} is at ${link.state.last.seq}, and ${old} is old`);
    }
  }
}

async function populate(town: Town, dice: Dice): Promise<void> {
  const browsers = ['a', 'b', 'c'].map((name) => town.newBrowser(name));
  for (const browser of browsers) {
    const name = { a: 'Ada', b: 'Ben', c: 'Cleo' }[browser.name] ?? browser.name;
    await town.comeIn(town.addPerson(browser, 'tea', name));
  }
  const [first, second] = browsers;
  if (first && dice.chance(0.7)) await town.comeIn(town.addPerson(first, 'tea', 'Dora'));
  if (second && dice.chance(0.7)) await town.comeIn(town.addPerson(second, 'cake', 'Ben'));
  await town.remember(130);
  for (const person of town.people) person.openPage();
}

function live(town: Town, person: Person, dice: Dice, plan: Plan, isOver: () => boolean): void {
  repeat(
    town,
    () => dice.between(...plan.acts),
    isOver,
    () => person.act(),
  );
  repeat(
    town,
    () => dice.between(...plan.moves),
    isOver,
    () => move(town, person, dice),
  );
  repeat(
    town,
    () => dice.between(200, 1_500),
    () => false,
    () => {
      if (person.isSentAway) void person.comeInAgain();
    },
  );
}

async function comeHome(person: Person, dice: Dice): Promise<void> {
  const isEmpty = person.browser.disk.queues(person.room).length === 0;
  if (person.pages.length > 0 || (isEmpty && dice.chance(0.5))) return;
  await person.comeIn();
  person.openPage();
}

/**
 * A leave that a frozen node carries out when it wakes takes out whoever has come in again there, and nobody tells them:
 * they find out when they look at their page.
 */
function lookAtDeafPages(town: Town): void {
  for (const page of town.pages()) {
    const server = page.connection?.server;
    if (server && server.places.length === 0) page.host.run(() => page.link.wake());
  }
}

function repeat(town: Town, wait: () => number, isOver: () => boolean, act: () => void): void {
  town.world.after(wait(), () => {
    if (isOver()) return;
    act();
    repeat(town, wait, isOver, act);
  });
}

/** C9: nobody stays behind what the store's head was, for longer than it takes to compare heads. */
function watchHeads(town: Town): void {
  const heads: ReadonlyMap<RoomId, Head>[] = [];
  const joinedFor = new Map<Page, number>();
  repeat(
    town,
    () => 1_000,
    () => false,
    () => {
      void town.memory.heads([...town.rooms]).then((now) => {
        heads.push(now);
        for (const person of town.people) {
          const before = person.roomId && heads.at(-1 - BEHIND_AT_MOST_S)?.get(person.roomId);
          for (const page of person.pages) {
            const seconds = page.link.status === 'joined' ? (joinedFor.get(page) ?? 0) + 1 : 0;
            joinedFor.set(page, seconds);
            if (!before || seconds < BEHIND_AT_MOST_S || page.link.state.last.seq >= before.seq) continue;
            town.ledger.broke(
              'C9',
              `${page.name} is at ${page.link.state.last.seq}, and ${before.seq} is ${BEHIND_AT_MOST_S} s old`,
            );
            joinedFor.set(page, Number.NEGATIVE_INFINITY);
          }
        }
      });
    },
  );
}

/** All that must hold of a town that has come to rest. */
export async function checkTown(town: Town): Promise<void> {
  const reads: RoomRead[] = [];
  for (const room of town.rooms) {
    const read = await readRoom(town, room);
    reads.push(read);
    await checkRoom(town, read);
    for (const person of town.people) {
      if (person.roomId !== room) continue;
      for (const page of person.pages) await checkPage(town, person, page, read);
    }
  }
  checkAcknowledged(town.ledger, reads);
  for (const person of town.people) checkDisk(town, person);
  checkWishes(town, reads);
}
