// One connection between a page and a node: ordered in each direction, and never certain.
import type { Dice } from './dice.ts';
import type { Host } from './host.ts';

/** A page takes so long to hear that its server has died; a server, that a page has vanished from the network. */
const NOTICED_AFTER_MS = 1_000;
const PING_TIMEOUT_MS = 35_000;

export interface WireEnds {
  readonly page: Host;
  readonly node: Host;
  readonly dice: Dice;
  readonly closedAtPage: () => void;
  readonly closedAtNode: () => void;
}

export class Wire {
  readonly #ends: WireEnds;
  readonly #latency: number;
  /** When the last thing sent arrives. */
  #upAt = 0;
  #downAt = 0;
  #isCut = false;
  #pageKnows = false;
  #nodeKnows = false;

  constructor(ends: WireEnds) {
    this.#ends = ends;
    this.#latency = ends.dice.chance(0.2) ? ends.dice.between(40, 150) : ends.dice.between(1, 15);
  }

  toNode(arrive: () => void): void {
    this.#upAt = this.#carry(this.#upAt, () => this.#ends.node.run(() => this.#nodeKnows || arrive()));
  }

  toPage(arrive: () => void): void {
    this.#downAt = this.#carry(this.#downAt, () => this.#ends.page.run(() => this.#pageKnows || arrive()));
  }

  /** The page closes it, or dies; what it sent before still arrives. */
  closeAtPage(): void {
    this.#pageKnows = true;
    this.toNode(() => this.#closeNode());
  }

  closeAtNode(): void {
    this.#closeNode();
    this.toPage(() => this.#closePage());
  }

  /** The node has died. */
  reset(): void {
    this.#isCut = true;
    this.#ends.page.world.after(this.#ends.dice.below(NOTICED_AFTER_MS), () =>
      this.#ends.page.run(() => this.#closePage()),
    );
  }

  /** Nothing passes any more, and neither end is told. */
  cut(): void {
    this.#isCut = true;
    const { page, node, dice } = this.#ends;
    page.world.after(dice.between(20_000, PING_TIMEOUT_MS), () => page.run(() => this.#closePage()));
    page.world.after(dice.between(20_000, PING_TIMEOUT_MS), () => node.run(() => this.#closeNode()));
  }

  #closePage(): void {
    if (this.#pageKnows) return;
    this.#pageKnows = true;
    this.#ends.closedAtPage();
  }

  #closeNode(): void {
    if (this.#nodeKnows) return;
    this.#nodeKnows = true;
    this.#ends.closedAtNode();
  }

  #carry(notBefore: number, arrive: () => void): number {
    const { world } = this.#ends.page;
    const at = Math.max(notBefore, world.now() + this.#latency + this.#ends.dice.below(4));
    world.after(at - world.now(), () => this.#isCut || arrive());
    return at;
  }
}
