import { describe, expect, test } from 'vitest';
import type { MemberId, NodeId, RoomId } from '../../../protocol/ids.ts';
import { NOTICES_START_BELOW, NOTICES_STOP_ABOVE } from '../../../protocol/limits.ts';
import type { Member, Outcome, Room } from '../store.ts';
import { arrive, depart, message, type Scene } from './scene.contract.ts';

interface Crowd {
  readonly room: Room;
  readonly node: NodeId;
  readonly people: readonly Member[];
}

/** With so many in a room that one more is too many, and `more` who are not in it. */
async function crowd(scene: Scene, more: number): Promise<Crowd> {
  const [room, node] = [await scene.room(), await scene.node()];
  const session = await scene.session();
  const people: Member[] = [];
  for (let nth = 0; nth < NOTICES_STOP_ABOVE + more; nth += 1) {
    // A session has five names in a room.
    const own = nth % 5 === 0 ? await scene.session() : (people.at(-1)?.session ?? session);
    people.push(await scene.member(room, `Guest ${String(nth).padStart(3, '0')}`, own));
  }
  await scene.store.append(people.slice(0, NOTICES_STOP_ABOVE).map((one) => arrive(one, node)));
  return { room, node, people };
}

const now = async (scene: Scene, room: Room) => (await scene.store.heads([room.id])).get(room.id);
const untold = (room: Room, here: number): Outcome => ({ result: 'untold', room: room.address, here });

export function crowdContract(given: () => Scene): void {
  describe('a crowd', () => {
    test('P7: with more than 200 here notices stop, with fewer than 150 they start again', async () => {
      const scene = given();
      const { room, node, people } = await crowd(scene, 2);
      const [last, next] = people.slice(-2);
      expect(await now(scene, room)).toMatchObject({ seq: 200, here: 200, notices: true });
      const off = { kind: 'settings', seq: 201, notices: false, here: 201, by: { id: last!.id, name: last!.name } };
      const outcomes = await scene.store.append([arrive(last!, node), arrive(next!, node), message(next!, 'hello')]);
      // Each write adds one entry at most, and none leaves a number out.
      expect(outcomes).toMatchObject([{ entry: off }, untold(room, 202), { entry: { kind: 'message', seq: 202 } }]);
      expect(await now(scene, room)).toMatchObject({ seq: 202, here: 202, notices: false });
      const gone = people.slice(0, 202 - NOTICES_START_BELOW).map((one) => depart(one, node));
      expect(await scene.store.append(gone)).toEqual(gone.map((_, i) => untold(room, 201 - i)));
      const first = people.at(-3)!;
      expect(await scene.does(depart(first, node))).toMatchObject({
        result: 'stored',
        entry: { kind: 'settings', seq: 203, notices: true, here: 149, by: { id: first.id } },
      });
      expect(await now(scene, room)).toMatchObject({ seq: 203, here: 149, notices: true });
      expect(await scene.does(arrive(first, node))).toMatchObject({ entry: { kind: 'notice', seq: 204, here: 150 } });
      const log = await scene.log(room);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    });

    test('P7: between 150 and 200 it stays as it was', async () => {
      const scene = given();
      const { room, node, people } = await crowd(scene, 1);
      const [one, last] = [people[0]!, people.at(-1)!];
      expect(await scene.does(depart(one, node))).toMatchObject({ entry: { kind: 'notice', here: 199 } });
      await scene.stores(arrive(one, node));
      await scene.stores(arrive(last, node));
      expect(await scene.does(depart(one, node))).toEqual(untold(room, 200));
      expect(await scene.does(depart(last, node))).toEqual(untold(room, 199));
      expect(await scene.does(arrive(one, node))).toEqual(untold(room, 200));
      expect(await now(scene, room)).toMatchObject({ here: 200, notices: false });
    });

    test('P2: whoever is there on a second server, or comes twice, is counted once where nobody is told', async () => {
      const scene = given();
      const { room, node, people } = await crowd(scene, 2);
      const other = await scene.node();
      const [last, next] = people.slice(-2);
      await scene.stores(arrive(last!, node));
      expect(await scene.does(arrive(next!, node))).toEqual(untold(room, 202));
      expect(await scene.does(arrive(next!, other))).toMatchObject({ result: 'unchanged' });
      expect(await scene.does(depart(next!, node))).toMatchObject({ result: 'unchanged' });
      expect(await scene.does(depart(next!, other))).toEqual(untold(room, 201));
      expect(await scene.does(depart(next!, other))).toMatchObject({ result: 'unchanged' });
      expect((await scene.store.here(room.id)).map(({ id }) => id)).not.toContain(next!.id);
    });

    test('P9: who is here is read in pages, by name; of the list in which they came the first', async () => {
      const scene = given();
      const { room, people } = await crowd(scene, 1);
      const seen: MemberId[] = [];
      for (let more = true; more; ) {
        const page = await scene.store.people(room.id, seen.at(-1), 90);
        expect(page.members.length).toBeLessThanOrEqual(90);
        seen.push(...page.members.map(({ id }) => id));
        ({ more } = page);
      }
      const here = people.slice(0, NOTICES_STOP_ABOVE).map(({ id }) => id);
      expect(seen).toEqual(here);
      expect((await scene.store.here(room.id, 7)).map(({ id }) => id)).toEqual(here.slice(0, 7));
    });

    test('P9: a page begins behind somebody who has left meanwhile, and nowhere behind a stranger', async () => {
      const scene = given();
      const [room, elsewhere, node] = [await scene.room(), await scene.room(), await scene.node()];
      const names = ['𐐀da', 'Ada', 'ﬀ', 'bob', 'Zoë', '~'];
      for (const name of names) await scene.stores(arrive(await scene.member(room, name), node));
      const { members } = await scene.store.people(room.id, undefined, 10);
      // By code points: a pair of surrogates stands behind what UTF-16 would put behind it.
      expect(members.map(({ name }) => name)).toEqual(['Ada', 'bob', 'Zoë', '~', 'ﬀ', '𐐀da']);
      await scene.stores(depart(members[1]!, node));
      const rest = await scene.store.people(room.id, members[1]!.id, 2);
      expect(rest).toMatchObject({ members: [{ name: 'Zoë' }, { name: '~' }], more: true });
      const stranger = await scene.member(elsewhere);
      for (const after of [stranger.id, 'nobody' as MemberId])
        expect(await scene.store.people(room.id, after, 2)).toEqual({ members: [], more: false });
      expect(await scene.store.people('none' as RoomId, undefined, 2)).toEqual({ members: [], more: false });
    });
  });
}
