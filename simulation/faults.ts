// What goes wrong, and when.
import type { Dice } from './dice.ts';
import type { Town } from './town.ts';

type Fault = (town: Town, dice: Dice) => void;

const HOUR = 3_600_000;

/** Each with how often it comes in comparison with the others. */
export type Faults = readonly (readonly [weight: number, fault: Fault])[];

export const FAULTS: Faults = [
  [5, killNode],
  [4, freezeNode],
  [2, drainNode],
  [3, cutBus],
  [3, silenceBus],
  [3, loseAllHints],
  [3, takeStoreAway],
  [1, fillDisk],
  [2, jumpClock],
  [2, removeMember],
  [2, endSession],
];

/** The same, and a store that goes back. */
export const WITH_REWINDS: Faults = [...FAULTS, [6, saveOrRewind]];

/** What makes a node doubt that it may still say who is here. */
export const LEASE_FAULTS: Faults = [
  [4, killNode],
  [8, freezeNode],
  [2, drainNode],
  [2, takeStoreAway],
  [5, outlastLease],
  [1, fillDisk],
  [1, removeMember],
  [1, endSession],
];

/** The store is out of reach, or takes no writes, for longer than a lease, while hardly anybody moves. */
export const LONG_FAULTS: Faults = [
  [6, outlastLease],
  [3, failWrites],
  [1, freezeNode],
  [1, killNode],
];

/** Of all servers at once, so that none of them may speak for another. */
export const DISK_FAULTS: Faults = [[1, failWrites]];

export function strike(town: Town, dice: Dice, faults: Faults): void {
  let luck = dice.below(faults.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, fault] of faults) {
    luck -= weight;
    if (luck < 0) return fault(town, dice);
  }
}

function killNode(town: Town, dice: Dice): void {
  const place = dice.below(town.nodes.length);
  const node = town.nodes[place];
  if (!node?.host.isAlive) return;
  node.kill();
  town.world.after(dice.chance(0.2) ? dice.between(10_000, 30_000) : dice.between(200, 4_000), () => {
    if (town.nodes[place] === node) town.startNode(place);
  });
}

function freezeNode(town: Town, dice: Dice): void {
  const node = dice.pick(town.nodes);
  if (!node) return;
  node.host.freeze();
  const wait = dice.chance(0.3) ? dice.between(16_000, 35_000) : dice.between(500, 6_000);
  town.world.after(wait, () => node.host.wake());
  if (dice.chance(0.7)) return;
  // What froze it was the network of its machine, say: the store is not back at once.
  town.world.after(wait + dice.between(100, 2_000), node.store.takeAway());
}

function drainNode(town: Town, dice: Dice): void {
  const place = dice.below(town.nodes.length);
  const node = town.nodes[place];
  if (!node?.host.isAlive || node.isDraining) return;
  node.drain(dice.between(50, 1_500), () => {
    town.world.after(dice.between(100, 2_000), () => {
      if (town.nodes[place] === node) town.startNode(place);
    });
  });
}

function cutBus(town: Town, dice: Dice): void {
  const node = dice.pick(town.nodes);
  node?.bus.cut();
  town.world.after(dice.between(300, 6_000), () => node?.bus.mend());
}

function silenceBus(town: Town, dice: Dice): void {
  town.exchange.isSilent = true;
  town.world.after(dice.between(1_000, 8_000), () => {
    town.exchange.isSilent = false;
  });
}

function loseAllHints(town: Town, dice: Dice): void {
  const before = town.weather.hintLost;
  town.weather.hintLost = 1;
  town.world.after(dice.between(1_000, 10_000), () => {
    if (town.weather.hintLost === 1) town.weather.hintLost = before === 1 ? 0 : before;
  });
}

function takeStoreAway(town: Town, dice: Dice): void {
  const node = dice.pick(town.nodes);
  if (!node) return;
  town.world.after(dice.chance(0.2) ? dice.between(6_000, 20_000) : dice.between(300, 3_000), node.store.takeAway());
}

/** Its connections stay, for the node itself lives. */
function outlastLease(town: Town, dice: Dice): void {
  const node = dice.pick(town.nodes);
  if (!node) return;
  town.world.after(dice.between(13_000, 45_000), node.store.takeAway());
}

function fillDisk(town: Town, dice: Dice): void {
  town.disk = 'full';
  town.world.after(dice.between(500, 4_000), () => {
    if (town.disk === 'full') town.disk = 'well';
  });
}

/** The disk of the store refuses to write, for all nodes at once, and goes on reading. */
function failWrites(town: Town, dice: Dice): void {
  town.disk = 'failing';
  town.world.after(dice.between(13_000, 45_000), () => {
    if (town.disk === 'failing') town.disk = 'well';
  });
}

function jumpClock(town: Town, dice: Dice): void {
  const hosts = [...town.nodes, ...town.pages()].map(({ host }) => host);
  dice.pick(hosts)?.jumpClock(dice.pick([-HOUR, -30_000, 30_000, 24 * HOUR]) ?? 0);
}

function removeMember(town: Town, dice: Dice): void {
  const person = dice.pick(town.people);
  if (person?.member) void town.memory.release(person.member);
}

function endSession(town: Town, dice: Dice): void {
  const token = dice.pick(town.people)?.browser.token;
  if (token === undefined) return;
  void town.memory.session(token).then((session) => session && town.memory.endSession(session.id));
}

function saveOrRewind(town: Town, dice: Dice): void {
  if (!town.isSaved || dice.chance(0.4)) town.save();
  else town.rewind();
}
