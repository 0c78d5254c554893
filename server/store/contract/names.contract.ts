import { describe, expect, test } from 'vitest';
import type { MemberId, NodeId } from '../../../protocol/ids.ts';
import { MAX_MEMBERS_PER_ROOM, MAX_MEMBERS_PER_SESSION } from '../../../protocol/limits.ts';
import { KEYLESS, type Member } from '../store.ts';
import { arrive, DAY, depart, HOUR, message, refusal, rename, type Scene } from './scene.contract.ts';

const TAKEN = { ok: false, code: 'nameTaken' };
const TOO_MANY = { ok: false, code: 'tooMany' };

export function namesContract(given: () => Scene): void {
  const comeAndGo = async (scene: Scene, member: Member, node?: NodeId): Promise<void> => {
    const by = node ?? (await scene.node());
    await scene.stores(arrive(member, by));
    await scene.stores(depart(member, by));
  };

  describe('names', () => {
    test('N4: a name is unique in its room by its key and by its skeleton', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const ada = await scene.member(tea, 'Ada');
      expect(ada).toEqual({ id: ada.id, room: tea.id, session: ada.session, name: 'Ada', role: 'member', readSeq: 0 });
      const other = await scene.session();
      expect(await scene.claim(tea, other, 'ADA')).toEqual(TAKEN);
      expect(await scene.claim(tea, other, 'Аda', 'ada')).toEqual(TAKEN);
      expect(await scene.claim(tea, ada.session, 'Аda', 'ada')).toEqual(TAKEN);
      expect(await scene.claim(bar, other, 'Ada')).toMatchObject({ ok: true, member: { name: 'Ada' } });
    });

    test('N4: of many who ask for a name at once, one gets it', async () => {
      const scene = given();
      const room = await scene.room();
      const sessions = await Promise.all(Array.from({ length: 5 }, () => scene.session()));
      const claims = await Promise.all(sessions.map((session) => scene.claim(room, session, 'Ada')));
      expect(claims.filter((claimed) => claimed.ok)).toHaveLength(1);
    });

    test('H2: a name that the session holds there is the same member', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      expect(await scene.claim(room, ada.session, 'ada')).toEqual({ ok: true, member: ada });
      expect(await scene.store.membersOf(ada.session, room.id)).toEqual([ada]);
    });

    test('H2: a session holds five members in a room, oldest first; places that lapsed are used again', async () => {
      const scene = given();
      const room = await scene.room();
      const session = await scene.session();
      const names = Array.from({ length: MAX_MEMBERS_PER_ROOM }, (_, n) => `Name ${n}`);
      const members: Member[] = [];
      for (const name of names) members.push(await scene.member(room, name, session));
      expect(await scene.store.membersOf(session, room.id)).toEqual(members);
      expect(await scene.claim(room, session, 'One more')).toEqual(TOO_MANY);
      expect(await scene.claim(room, session, 'Name 3')).toMatchObject({ ok: true });
      expect((await scene.claim(await scene.room(), session, 'One more')).ok).toBe(true);
      await scene.says(members[1]!, 'x');
      scene.clock.move(HOUR);
      const more = await scene.claim(room, session, 'One more');
      expect(more.ok).toBe(true);
      expect((await scene.store.membersOf(session, room.id)).map(({ name }) => name)).toEqual(['Name 1', 'One more']);
    });

    test('H2: a session holds 200 members in all', async () => {
      const scene = given();
      const session = await scene.session();
      const rooms = await Promise.all(Array.from({ length: MAX_MEMBERS_PER_SESSION }, () => scene.room()));
      const claims = await Promise.all(rooms.map((room) => scene.claim(room, session, 'Ada')));
      expect(claims.every((claimed) => claimed.ok)).toBe(true);
      const room = await scene.room();
      expect(await scene.claim(room, session, 'Ada')).toEqual(TOO_MANY);
      const [first] = await scene.store.membersOf(session, rooms[0]!.id);
      await scene.store.release(first!.id);
      expect((await scene.claim(room, session, 'Ada')).ok).toBe(true);
    });

    test('N7: a name given up is free at once, and its member stays as the author of what it wrote', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      await scene.says(ada, 'a');
      await scene.store.release(ada.id);
      expect(await scene.store.member(ada.id)).toBeUndefined();
      expect(await scene.store.membersOf(ada.session, room.id)).toEqual([]);
      const next = await scene.member(room, 'Ada', ada.session);
      expect(next.id).not.toBe(ada.id);
      expect(await scene.shown(room, 1)).toMatchObject({ by: { id: ada.id } });
      expect(await scene.does(rename(next, 'Ada'))).toMatchObject({ result: 'unchanged' });
    });

    test('the memberships of a session are of all its rooms, the last visited first, and say where it is now', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const node = await scene.node();
      const ada = await scene.member(tea, 'Ada');
      const { session } = ada;
      scene.clock.move(1_000);
      const ben = await scene.member(tea, 'Ben', session);
      scene.clock.move(1_000);
      const adaToo = await scene.member(bar, 'Ada', session);
      await scene.member(bar, 'Eve');
      const lost = await scene.member(bar, 'Given up', session);
      await scene.store.release(lost.id);
      expect(await scene.store.memberships(session)).toEqual([
        { room: bar, member: adaToo, isHere: false },
        { room: tea, member: ben, isHere: false },
        { room: tea, member: ada, isHere: false },
      ]);
      scene.clock.move(1_000);
      await scene.stores(arrive(ada, node));
      const [first, ...others] = await scene.store.memberships(session);
      expect(first).toEqual({ room: tea, member: ada, isHere: true });
      expect(others.map(({ isHere }) => isHere)).toEqual([false, false]);
      await scene.stores(depart(ada, node));
      expect((await scene.store.memberships(session))[0]).toEqual({ room: tea, member: ada, isHere: false });
      expect(await scene.store.memberships(await scene.session())).toEqual([]);
      expect(await scene.store.memberships(KEYLESS)).toEqual([]);
    });

    test('N7: the name of who never wrote is free an hour after its last connection', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      scene.clock.move(HOUR - 1);
      await comeAndGo(scene, ada);
      scene.clock.move(HOUR - 1);
      const other = await scene.session();
      expect(await scene.claim(room, other, 'Ada')).toEqual(TAKEN);
      scene.clock.move(1);
      expect((await scene.claim(room, other, 'Ada')).ok).toBe(true);
      expect(await scene.store.member(ada.id)).toBeUndefined();
      expect(await scene.does(message(ada, 'too late'))).toEqual(refusal('notMember'));
    });

    test('N7: the name of who wrote is free 30 days after the last visit, and not while it is here', async () => {
      const scene = given();
      const room = await scene.room();
      const node = await scene.node(100 * DAY);
      const ada = await scene.member(room, 'Ada');
      await scene.says(ada, 'a');
      await scene.stores(arrive(ada, node));
      scene.clock.move(31 * DAY);
      const bob = await scene.member(room, 'Bob');
      expect(await scene.does(rename(bob, 'Ada'))).toEqual(refusal('nameTaken'));
      await scene.stores(depart(ada, node));
      scene.clock.move(30 * DAY - 1);
      expect(await scene.does(rename(bob, 'Ada'))).toEqual(refusal('nameTaken'));
      scene.clock.move(1);
      expect((await scene.does(rename(bob, 'Ada'))).result).toBe('stored');
      expect(await scene.does(message(ada, 'too late'))).toEqual(refusal('notMember'));
    });

    test('N7: until somebody takes it, a lapsed name still is its member’s; coming in is a visit', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      scene.clock.move(2 * HOUR);
      expect(await scene.claim(room, ada.session, 'Ada')).toEqual({ ok: true, member: ada });
      expect(await scene.claim(room, await scene.session(), 'Ada')).toEqual(TAKEN);
      expect((await scene.does(message(ada, 'still me'))).result).toBe('stored');
    });

    test('a refused claim frees nobody’s name', async () => {
      const scene = given();
      const room = await scene.room();
      const [lapsed, held] = [await scene.member(room, 'Lapsed'), await scene.member(room, 'Held')];
      scene.clock.move(HOUR);
      await scene.claim(room, held.session, 'Held');
      expect(await scene.claim(room, await scene.session(), 'Lapsed', 'held')).toEqual(TAKEN);
      expect(await scene.store.member(lapsed.id)).toEqual(lapsed);
    });

    test('H5: without a key a name is held only while somebody uses it, and the next keyless one is the same member', async () => {
      const scene = given();
      const room = await scene.room();
      const node = await scene.node();
      const bot = await scene.member(room, 'Helper', KEYLESS);
      await scene.stores(arrive(bot, node));
      await scene.says(bot, 'a');
      expect(await scene.claim(room, KEYLESS, 'Helper')).toMatchObject({ ok: true, member: { id: bot.id } });
      expect(await scene.claim(room, await scene.session(), 'Helper')).toEqual(TAKEN);
      await scene.stores(depart(bot, node));
      expect(await scene.claim(room, KEYLESS, 'helper')).toMatchObject({ ok: true, member: { id: bot.id } });
    });

    test('H5: a key or a cookie takes a free name, never the keyless member', async () => {
      const scene = given();
      const room = await scene.room();
      const bot = await scene.member(room, 'Helper', KEYLESS);
      const ada = await scene.member(room, 'Helper');
      expect(ada.id).not.toBe(bot.id);
      expect(await scene.store.member(bot.id)).toBeUndefined();
      expect(await scene.claim(room, KEYLESS, 'Helper')).toEqual(TAKEN);
    });

    test('H5: there are as many keyless members as scripts like', async () => {
      const scene = given();
      const room = await scene.room();
      for (let n = 0; n <= MAX_MEMBERS_PER_ROOM; n += 1) {
        expect((await scene.claim(room, KEYLESS, `Bot ${n}`)).ok).toBe(true);
      }
    });

    test('a member that is not there is not there', async () => {
      const scene = given();
      const nobody = 'nobody' as MemberId;
      expect(await scene.store.member(nobody)).toBeUndefined();
      expect(await scene.store.firstUnread(nobody)).toBeUndefined();
      await scene.store.markRead(nobody, 1);
      await scene.store.release(nobody);
    });
  });
}
