import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageEntry } from '../../../protocol/entries.ts';
import { foldText, holdsAll, searchQuery, searchTokens } from '../../../protocol/search-tokens.ts';
import type { Hit, Member, Room } from '../store.ts';
import {
  DAY,
  edit,
  HOUR,
  mention,
  message,
  pin,
  react,
  remove,
  rename,
  type Scene,
  unpin,
  unreact,
} from './scene.contract.ts';
import { SPOKEN } from '../../../protocol/spoken.contract.ts';

/** In eight scripts, and what people type for them. */
const PEOPLE = [
  ['Ada', 'ADA'],
  ['Zoë Öst', 'zoe ost'],
  ['Иван Петров', 'иван  петров'],
  ['Ελένη', 'ελενη'],
  ['李雷', '李雷'],
  ['さくら', 'さくら'],
  ['شَيماء', 'شيماء'],
  ['मीरा', 'मीरा'],
  ['สมชาย', 'สมชาย'],
] as const;
const TEXTS = [
  ...Object.values(SPOKEN).flat(),
  'look: https://example.org/a',
  'http:// is no link',
  'mailto:ada@example.org',
];
const HAS = ['link', 'mention', 'reaction', 'pin'] as const;

const small = fc.nat({ max: 30 });
const step = fc.record({
  kind: fc.constantFrom('say', 'say', 'say', 'mention', 'edit', 'delete', 'react', 'unreact', 'pin', 'unpin', 'rename'),
  who: small,
  target: small,
  text: fc.nat({ max: TEXTS.length - 1 }),
  hours: fc.constantFrom(0, 0, 1, 9, 30),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const asked = fc.record({
  words: fc.array(fc.record({ text: fc.nat({ max: TEXTS.length - 1 }), from: small, length: fc.nat({ max: 8 }) }), {
    maxLength: 2,
  }),
  from: fc.option(fc.nat({ max: PEOPLE.length - 1 }), { freq: 3 }),
  has: fc.option(fc.constantFrom(...HAS), { freq: 3 }),
  before: fc.option(fc.nat({ max: 6 }), { freq: 5 }),
  after: fc.option(fc.nat({ max: 6 }), { freq: 5 }),
});
type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

/** Two rooms, and what is said in them, in the order in which it is stored. */
class Talk {
  readonly scene: Scene;
  readonly rooms: Room[] = [];
  readonly members: Member[] = [];
  readonly said: { room: Room; seq: number }[] = [];
  readonly start: number;

  constructor(scene: Scene) {
    this.scene = scene;
    this.start = Math.floor(scene.clock.now() / DAY) * DAY;
  }

  async begin(): Promise<void> {
    for (let n = 0; n < 2; n += 1) this.rooms.push(await this.scene.room());
    for (const [i, [name]] of PEOPLE.entries()) this.members.push(await this.scene.member(this.rooms[i % 2]!, name));
  }

  async perform({ kind, who, target, text, hours }: Step): Promise<void> {
    const { scene } = this;
    scene.clock.move(hours * HOUR);
    const by = this.members[who % this.members.length]!;
    const own = this.said.filter(({ room }) => room.id === by.room);
    const at = own[target % Math.max(1, own.length)]?.seq ?? 1;
    const others = this.members.filter((other, i) => other.room === by.room && (i + target) % 3 === 0);
    const write = {
      say: () => message(by, TEXTS[text]!),
      mention: () => mention(by, others, TEXTS[text]!),
      edit: () => ({ ...edit(by, at, TEXTS[text]!), mentions: others.map(({ id }) => id) }),
      delete: () => remove(by, at),
      react: () => react(by, at, '👍'),
      unreact: () => unreact(by, at, '👍'),
      pin: () => pin(by, at),
      unpin: () => unpin(by, at),
      rename: () => rename(by, `Guest ${text}`),
    }[kind]();
    const outcome = await scene.does(write);
    if (outcome.result !== 'stored' || outcome.entry.kind !== 'message') return;
    this.said.push({ room: this.rooms.find(({ id }) => id === by.room)!, seq: outcome.entry.seq });
  }

  /** Everything that is there, looked at one by one; the one stored last first. */
  async scan(question: Asked): Promise<string[]> {
    const messages = new Map<string, MessageEntry>();
    for (const room of this.rooms)
      for (const entry of await this.scene.log(room))
        if (entry.kind === 'message') messages.set(`${room.id} ${entry.seq}`, entry);
    return this.said
      .map(({ room, seq }) => messages.get(`${room.id} ${seq}`)!)
      .filter((entry) => !entry.deleted && this.#isMeant(entry, question))
      .map(labelOf)
      .toReversed();
  }

  text(question: Asked): string {
    const { from, has, before, after } = question;
    return [
      ...(has === null ? [] : [`has:${has}`]),
      wordsOf(question),
      ...(from === null ? [] : [`from:"${PEOPLE[from]![1]}"`]),
      ...(before === null ? [] : [`before:${this.#day(before)}`]),
      ...(after === null ? [] : [`AFTER:${this.#day(after)}`]),
    ].join(' ');
  }

  #isMeant(entry: MessageEntry, question: Asked): boolean {
    const { from, has, before, after } = question;
    const words = searchQuery(wordsOf(question));
    return (
      (words.length === 0 || holdsAll(searchTokens(entry.text), words)) &&
      (from === null || foldText(entry.by.name) === foldText(PEOPLE[from]![0])) &&
      (has === null || has !== 'link' || /https?:\/\/[^ ]|mailto:[^ ]/u.test(entry.text)) &&
      (has !== 'mention' || entry.mentions !== undefined) &&
      (has !== 'reaction' || entry.reactions !== undefined) &&
      (has !== 'pin' || entry.pinned === true) &&
      (before === null || entry.at < this.start + before * DAY) &&
      (after === null || entry.at >= this.start + (after + 1) * DAY)
    );
  }

  #day(nth: number): string {
    return new Date(this.start + nth * DAY).toISOString().slice(0, 10);
  }
}

function wordsOf({ words }: Asked): string {
  return words
    .map(({ text, from, length }) =>
      Array.from(TEXTS[text]!.replace(/\S*:\S*/gu, ''))
        .slice(from % 12, (from % 12) + 1 + length)
        .join(''),
    )
    .join(' ');
}

function labelOf({ room, seq }: MessageEntry): string {
  return `${room} ${seq}`;
}

const labels = (hits: readonly Hit[]) => hits.map(({ entry }) => labelOf(entry as MessageEntry));

export function searchFiltersContract(given: () => Scene): void {
  describe('search with filters', () => {
    test('Q1, Q3: finds what a scan by hand finds, in every script, with any filters, page by page', {
      timeout: 60_000,
    }, async () => {
      const scene = given();
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 8, maxLength: 40 }),
          fc.array(asked, { minLength: 10, maxLength: 25 }),
          async (steps, questions) => {
            const talk = new Talk(scene);
            await talk.begin();
            for (const one of steps) await talk.perform(one);
            const rooms = talk.rooms.map(({ id }) => id);
            for (const question of questions) {
              const text = talk.text(question);
              const isNothing = text.trim() === '' || (wordsOf(question) === text && searchQuery(text).length === 0);
              const expected = isNothing ? [] : await talk.scan(question);
              const first = await scene.store.search(rooms, text, 3);
              const last = first.hits.at(-1);
              const rest =
                last && (await scene.store.search(rooms, text, 50, { room: last.room, seq: last.entry.seq }));
              expect([...labels(first.hits), ...labels(rest?.hits ?? [])], text).toEqual(expected);
              expect(first.more, text).toBe(expected.length > 3);
            }
          },
        ),
        { numRuns: 25 },
      );
    });

    test('Q5: a message is found by what it is now, and by who wrote it under the name of that time', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room, 'Ada'), await scene.member(room, 'Bob')];
      const found = async (text: string) =>
        (await scene.store.search([room.id], text, 9)).hits.map(({ entry }) => entry.seq);
      await scene.says(ada, 'tea');
      await scene.stores(rename(ada, 'Grace'));
      await scene.says(ada, 'tea');
      expect([await found('from:ada'), await found('from:grace tea'), await found('from:ada from:grace')]).toEqual([
        [1],
        [3],
        [],
      ]);
      await scene.stores(react(ada, 1, '👍'));
      await scene.stores(react(bob, 1, '👎'));
      await scene.stores(unreact(ada, 1, '👍'));
      expect(await found('has:reaction')).toEqual([1]);
      await scene.stores(unreact(bob, 1, '👎'));
      expect(await found('has:reaction')).toEqual([]);
      await scene.stores(pin(bob, 1));
      await scene.stores({ ...edit(ada, 1, 'cake https://example.org'), mentions: [bob.id] });
      for (const text of ['has:pin', 'has:mention', 'has:link', 'cake has:link has:pin has:mention', 'from:ada'])
        expect(await found(text), text).toEqual([1]);
      await scene.stores(unpin(bob, 1));
      expect(await found('has:pin')).toEqual([]);
      await scene.stores(remove(ada, 1));
      for (const text of ['has:mention', 'has:link', 'from:ada', 'before:2999-01-01 cake'])
        expect(await found(text)).toEqual([]);
    });

    test('Q4: days are of UTC, and of the day that is named nothing is found by either', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const start = Math.ceil(scene.clock.now() / DAY) * DAY;
      scene.clock.move(start - scene.clock.now() - 1);
      await scene.says(ada, 'the last of the day before');
      scene.clock.move(1);
      await scene.says(ada, 'the first of the day');
      scene.clock.move(DAY - 1);
      await scene.says(ada, 'the last of the day');
      scene.clock.move(1);
      await scene.says(ada, 'the first of the day after');
      const day = new Date(start).toISOString().slice(0, 10);
      const found = async (text: string) =>
        (await scene.store.search([room.id], text, 9)).hits.map(({ entry }) => entry.seq);
      expect(await found(`before:${day}`)).toEqual([1]);
      expect(await found(`after:${day}`)).toEqual([4]);
      expect(await found(`first after:${day} before:2999-12-31`)).toEqual([4]);
      expect(await found(`before:${day} after:${day}`)).toEqual([]);
    });

    test('Q4: a clock that was set back hides nothing', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const start = Math.ceil(scene.clock.now() / DAY) * DAY;
      for (const day of [0, 9, 4]) {
        scene.clock.move(start + day * DAY - scene.clock.now());
        await scene.says(ada, `day ${day}`);
      }
      scene.clock.move(6 * DAY);
      const before = new Date(start + 5 * DAY).toISOString().slice(0, 10);
      const { hits } = await scene.store.search([room.id], `day before:${before}`, 9);
      expect(hits.map(({ entry }) => entry.seq)).toEqual([3, 1]);
    });
  });
}
