import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Address, SessionId } from '../../../protocol/ids.ts';
import { KEYLESS } from '../store.ts';
import { DAY, HOUR, type Scene } from './scene.contract.ts';

export function sessionsContract(given: () => Scene): void {
  describe('sessions', () => {
    test('H1: a session is found by the hash of its token', async () => {
      const { store } = given();
      const hash = randomUUID();
      expect(await store.session(hash)).toBeUndefined();
      const session = await store.openSession(hash);
      expect(session.lastRoom).toBeUndefined();
      expect(await store.session(hash)).toEqual(session);
      await store.rememberRoom(session.id, 'tea' as Address);
      expect(await store.session(hash)).toEqual({ ...session, lastRoom: 'tea' });
    });

    test('H1: a session ends 90 days after its last use', async () => {
      const { store, clock } = given();
      const hash = randomUUID();
      const { id } = await store.openSession(hash);
      for (let n = 0; n < 3; n += 1) {
        clock.move(89 * DAY);
        expect((await store.session(hash))?.id).toBe(id);
      }
      clock.move(90 * DAY);
      expect(await store.session(hash)).toBeUndefined();
      expect((await store.openSession(hash)).id).not.toBe(id);
    });

    test('H1: a new token makes the old one dead as soon as it is used; members stay', async () => {
      const scene = given();
      const [before, after] = [randomUUID(), randomUUID()];
      const { id, device } = await scene.store.openSession(before);
      await scene.store.rememberRoom(id, 'tea' as Address);
      const ada = await scene.member(await scene.room(), 'Ada', id);
      expect(await scene.store.openSession(after, { replaces: device })).toEqual({ id, device, lastRoom: 'tea' });
      expect((await scene.store.session(before))?.id).toBe(id);
      expect((await scene.store.session(after))?.id).toBe(id);
      expect(await scene.store.session(before)).toBeUndefined();
      expect(await scene.store.member(ada.id)).toEqual(ada);
    });

    test('H1: a token that was replaced is dead after 60 s, also where the clock steps back', async () => {
      const { store, clock } = given();
      for (const way of [1, -1]) {
        const old = randomUUID();
        const { id, device } = await store.openSession(old);
        await store.openSession(randomUUID(), { replaces: device });
        clock.move(way * 59_999);
        expect((await store.session(old))?.id).toBe(id);
        clock.move(way);
        expect(await store.session(old)).toBeUndefined();
      }
    });

    test('H1: of tokens nobody used the last alone counts, beside the one that was used', async () => {
      const { store } = given();
      const [used, lost, last] = [randomUUID(), randomUUID(), randomUUID()];
      const { id, device } = await store.openSession(used);
      await store.openSession(lost, { replaces: device });
      await store.openSession(last, { replaces: device });
      expect(await store.session(lost)).toBeUndefined();
      expect((await store.session(used))?.id).toBe(id);
      expect((await store.session(last))?.id).toBe(id);
      expect(await store.session(used)).toBeUndefined();
      await store.openSession(randomUUID(), { replaces: device });
      expect((await store.session(last))?.id).toBe(id);
    });

    test('H1: what begins with a visitor’s token goes on with it until the first use, for 60 s', async () => {
      const { store, clock } = given();
      const visitor = randomUUID();
      const [one, two] = await Promise.all(
        [randomUUID(), randomUUID()].map((hash) => store.openSession(hash, { visitorHash: visitor })),
      );
      expect(two).toEqual(one);
      expect(await store.session(visitor)).toEqual(one);
      clock.move(60_000);
      const [late, after] = [randomUUID(), randomUUID()];
      const next = await store.openSession(late, { visitorHash: visitor });
      expect(next.id).not.toBe(one?.id);
      expect((await store.session(visitor))?.id).toBe(next.id);
      expect((await store.session(late))?.id).toBe(next.id);
      expect(await store.session(visitor)).toBeUndefined();
      expect((await store.openSession(after, { visitorHash: visitor })).id).not.toBe(next.id);
    });

    test('H1 N7: a session that ended or ran out takes both its tokens along, and they are of no other', async () => {
      const { store, clock } = given();
      const end = [(id: SessionId) => store.endSession(id), async () => clock.move(90 * DAY)];
      for (const ends of end) {
        const [former, present] = [randomUUID(), randomUUID()];
        const { id, device } = await store.openSession(former);
        await store.openSession(present, { replaces: device });
        await ends(id);
        expect((await store.openSession(randomUUID(), { replaces: device })).id).not.toBe(id);
        for (const hash of [former, present]) expect(await store.session(hash)).toBeUndefined();
      }
    });

    test('a session that ended is not replaced but made anew', async () => {
      const { store, clock } = given();
      const gone = await store.openSession(randomUUID());
      await store.endSession(gone.id);
      const next = await store.openSession(randomUUID(), { replaces: gone.device });
      expect(next.id).not.toBe(gone.id);
      clock.move(90 * DAY);
      expect((await store.openSession(randomUUID(), { replaces: next.device })).id).not.toBe(next.id);
    });

    test('two connections that open a session with one key get the same', async () => {
      const { store } = given();
      const hash = randomUUID();
      const [one, two] = await Promise.all([store.openSession(hash), store.openSession(hash)]);
      expect(two).toEqual(one);
    });

    test('N7: signing out ends the session and frees its names', async () => {
      const scene = given();
      const hash = randomUUID();
      const { id } = await scene.store.openSession(hash);
      const [tea, bar] = [await scene.room(), await scene.room()];
      for (const room of [tea, bar]) await scene.member(room, 'Ada', id);
      await scene.store.endSession(id);
      expect(await scene.store.session(hash)).toBeUndefined();
      expect(await scene.store.rooms(id)).toEqual([]);
      for (const room of [tea, bar]) expect((await scene.claim(room, await scene.session(), 'Ada')).ok).toBe(true);
    });

    test('the session of the keyless is nobody’s to end', async () => {
      const scene = given();
      const bot = await scene.member(await scene.room(), 'Bot', KEYLESS);
      await scene.store.endSession(KEYLESS);
      expect(await scene.store.member(bot.id)).toEqual(bot);
    });

    test('using a session twice within an hour is one use', async () => {
      const { store, clock } = given();
      const hash = randomUUID();
      await store.openSession(hash);
      clock.move(HOUR - 1);
      expect(await store.session(hash)).toBeDefined();
      clock.move(90 * DAY - HOUR);
      expect(await store.session(hash)).toBeDefined();
    });

    test('remembering and ending what is not there does nothing', async () => {
      const { store } = given();
      await store.rememberRoom('none' as SessionId, 'tea' as Address);
      await store.endSession('none' as SessionId);
    });
  });
}
