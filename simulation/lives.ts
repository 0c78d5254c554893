// What people do with their pages: reload them, lose the network, leave and come again.
import type { Dice } from './dice.ts';
import type { Person } from './person.ts';
import type { Town } from './town.ts';

type Move = (town: Town, person: Person, dice: Dice) => void;

const MOVES: readonly (readonly [weight: number, move: Move])[] = [
  [5, loseConnection],
  [3, reload],
  [2, sleep],
  [3, lookElsewhere],
  [2, suspend],
  [2, openSecondPage],
  [2, closeOnePage],
  [2, leaveRoom],
  [2, goThroughTunnel],
  [2, closeForAWhile],
  [1, signOut],
];

export function move(town: Town, person: Person, dice: Dice): void {
  let luck = dice.below(MOVES.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, one] of MOVES) {
    luck -= weight;
    if (luck < 0) return one(town, person, dice);
  }
}

function loseConnection(_: Town, person: Person, dice: Dice): void {
  dice.pick(person.pages)?.cut(dice.chance(0.6));
}

export function reload(town: Town, person: Person, dice: Dice): void {
  const page = dice.pick(person.pages);
  if (!page) return;
  person.closePage(page);
  town.world.after(dice.between(100, 1_500), () => person.openPage());
}

function sleep(town: Town, person: Person, dice: Dice): void {
  const page = dice.pick(person.pages);
  page?.host.freeze();
  if (dice.chance(0.5)) page?.cut(false);
  town.world.after(dice.between(500, 20_000), () => {
    page?.host.wake();
    if (page?.host.isAlive) page.host.run(() => page.link.wake());
  });
}

/** To another page, if they have one; after a while back to this one. */
function lookElsewhere(town: Town, person: Person, dice: Dice): void {
  const page = dice.pick(person.pages);
  if (!page) return;
  page.host.run(() => page.hide());
  for (const other of person.pages) if (other !== page) other.host.run(() => other.show());
  town.world.after(dice.between(200, 20_000), () => page.host.run(() => page.show()));
}

/** As a phone does with a page that is hidden, sometimes before it has heard of that. They open another one meanwhile. */
function suspend(town: Town, person: Person, dice: Dice): void {
  const page = dice.pick(person.pages);
  if (!page) return;
  page.host.run(() => page.hide());
  town.world.after(dice.below(40), () => page.host.freeze());
  if (dice.chance(0.5)) town.world.after(dice.below(3_000), () => openSecondPage(town, person));
  town.world.after(dice.between(500, 20_000), () => {
    page.host.wake();
    page.host.run(() => page.show());
  });
}

function openSecondPage(_: Town, person: Person): void {
  if (person.pages.length === 1) person.openPage();
}

function closeOnePage(_: Town, person: Person, dice: Dice): void {
  const page = dice.pick(person.pages);
  if (page && person.pages.length > 1) person.closePage(page);
}

function closeForAWhile(town: Town, person: Person, dice: Dice): void {
  for (const page of person.pages) person.closePage(page);
  town.world.after(dice.between(500, 15_000), () => person.pages.length === 0 && person.openPage());
}

function leaveRoom(town: Town, person: Person, dice: Dice): void {
  const page = dice.pick(person.pages);
  if (!page) return;
  void page.link.leave().then((isTold) => {
    if (!isTold) return;
    // It counts for all their tabs.
    for (const other of person.pages) person.closePage(other);
    town.world.after(dice.between(1_000, 12_000), () => void comeBack(person));
  });
}

async function comeBack(person: Person): Promise<void> {
  await person.comeIn();
  if (person.pages.length === 0) person.openPage();
}

function goThroughTunnel(town: Town, person: Person, dice: Dice): void {
  const page = dice.pick(person.pages);
  if (!page) return;
  page.isOffline = true;
  page.cut(dice.chance(0.7));
  town.world.after(dice.between(500, 12_000), () => page.host.run(() => page.online()));
}

function signOut(town: Town, person: Person, dice: Dice): void {
  const { token } = person.browser;
  if (token === undefined) return;
  for (const page of person.pages) person.closePage(page);
  void town.memory.session(token).then((session) => session && town.memory.endSession(session.id));
  town.world.after(dice.between(500, 5_000), () => void comeBack(person));
}
