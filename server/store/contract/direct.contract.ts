import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../protocol/ids.ts';
import { MAX_MEMBERS_PER_SESSION } from '../../../protocol/limits.ts';
import { isDirect } from '../../../protocol/names.ts';
import { FORGOTTEN_AT_ONCE } from '../rooms.ts';
import { KEYLESS, type Member, type OpenedDirect } from '../store.ts';
import { arrive, DAY, HOUR, message, refusal, rename, type Scene, title, topic } from './scene.contract.ts';

type Opened = Extract<OpenedDirect, { ok: true }>;

export function directContract(given: () => Scene): void {
  const opens = async (scene: Scene, by: Member, other: Member): Promise<Opened> => {
    const opened = await scene.store.openDirect(by.id, other.id);
    if (!opened.ok) throw new Error(opened.code);
    return opened;
  };
  const seat = async (scene: Scene, { room }: Opened, { session }: Member): Promise<Member> => {
    const [own] = await scene.store.membersOf(session, room.id);
    if (!own) throw new Error('No seat.');
    return own;
  };
  /** Two people of one room. */
  const two = async (scene: Scene): Promise<[Member, Member]> => {
    const room = await scene.room();
    return [await scene.member(room, 'Ada'), await scene.member(room, 'Ben')];
  };

  describe('conversations of two', () => {
    test('D1: both are members of it, under the names they have, and nobody else is', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const opened = await opens(scene, ada, ben);
      expect(isDirect(opened.room.address)).toBe(true);
      expect(opened.room).toMatchObject({ title: 'Ada & Ben', topic: '' });
      expect(opened.as).toBe((await seat(scene, opened, ada)).id);
      expect(new Set(opened.seated)).toEqual(new Set([ada.session, ben.session]));
      expect(await seat(scene, opened, ada)).toMatchObject({ name: 'Ada', room: opened.room.id });
      expect(await seat(scene, opened, ben)).toMatchObject({ name: 'Ben', room: opened.room.id });
      expect(await scene.store.room(opened.room.address)).toEqual(opened.room);
      const stranger = await scene.member(await scene.room());
      expect(await scene.store.membersOf(stranger.session, opened.room.id)).toEqual([]);
    });

    test('D1: a pair has one, whoever asks for it and however often, also both at once', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const [first, second] = await Promise.all([opens(scene, ada, ben), opens(scene, ben, ada)]);
      expect(second.room).toEqual(first.room);
      expect(new Set([first.seated.length, second.seated.length])).toEqual(new Set([0, 2]));
      expect((await opens(scene, ada, ben)).room).toEqual(first.room);
      expect(await scene.store.direct(ben.id, ada.id)).toEqual(first.room);
      const another = await scene.member({ ...first.room, id: ada.room }, 'Cleo');
      expect(await scene.store.direct(ada.id, another.id)).toBeUndefined();
      expect((await opens(scene, ada, another)).room.id).not.toBe(first.room.id);
    });

    test('D1: in the conversation itself it is that one', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const opened = await opens(scene, ada, ben);
      const [one, other] = [await seat(scene, opened, ada), await seat(scene, opened, ben)];
      expect((await opens(scene, one, other)).room).toEqual(opened.room);
      expect(await scene.store.direct(one.id, other.id)).toEqual(opened.room);
    });

    test('D1: each is told who the other one is, by the name of now', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const opened = await opens(scene, ada, ben);
      const [one, other] = [await seat(scene, opened, ada), await seat(scene, opened, ben)];
      await scene.stores(rename(other, 'Benjamin'));
      expect(await scene.store.otherOf(one.id)).toEqual({ id: other.id, name: 'Benjamin' });
      expect(await scene.store.otherOf(other.id)).toEqual({ id: one.id, name: 'Ada' });
      expect(await scene.store.otherOf(ada.id)).toBeUndefined();
      const lines = await scene.store.rooms(ada.session);
      const direct = lines.map((line) => [line.room.id === opened.room.id, line.direct]);
      expect(new Map(direct as [boolean, unknown][])).toEqual(
        new Map<boolean, unknown>([
          [true, { id: other.id, name: 'Benjamin' }],
          [false, undefined],
        ]),
      );
      await scene.store.release(other.id);
      expect(await scene.store.otherOf(one.id)).toEqual({ id: other.id, name: 'Benjamin' });
    });

    test('D1: two names of one session talk too, each with the other', async () => {
      const scene = given();
      const room = await scene.room();
      const session = await scene.session();
      const [one, two_] = [await scene.member(room, 'One', session), await scene.member(room, 'Two', session)];
      const opened = await opens(scene, two_, one);
      const own = await scene.store.membersOf(session, opened.room.id);
      expect(own.map(({ name }) => name).sort()).toEqual(['One', 'Two']);
      expect(own.find(({ id }) => id === opened.as)?.name).toBe('Two');
      expect(opened.seated).toEqual([session]);
      for (const me of own) expect((await scene.store.otherOf(me.id))?.name).toBe(me.name === 'One' ? 'Two' : 'One');
      expect((await opens(scene, one, two_)).as).toBe(own.find(({ name }) => name === 'One')?.id);
    });

    test('D2: only somebody of the same room is asked, and by somebody of it', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const elsewhere = await scene.member(await scene.room());
      const asks = (by: MemberId, other: MemberId) => scene.store.openDirect(by, other);
      expect(await asks(ada.id, elsewhere.id)).toEqual({ ok: false, code: 'notFound' });
      expect(await asks(ada.id, 'nobody' as MemberId)).toEqual({ ok: false, code: 'notFound' });
      expect(await asks('nobody' as MemberId, ada.id)).toEqual({ ok: false, code: 'notMember' });
      expect(await asks(ada.id, ada.id)).toEqual({ ok: false, code: 'forbidden' });
      await scene.store.release(ben.id);
      expect(await asks(ada.id, ben.id)).toEqual({ ok: false, code: 'notFound' });
      expect(await asks(ben.id, ada.id)).toEqual({ ok: false, code: 'notMember' });
    });

    test('H5: a member without a key neither opens one nor is asked', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bot] = [await scene.member(room), await scene.member(room, 'Bot', KEYLESS)];
      await scene.stores(arrive(bot, await scene.node()));
      expect(await scene.store.openDirect(ada.id, bot.id)).toEqual({ ok: false, code: 'forbidden' });
      expect(await scene.store.openDirect(bot.id, ada.id)).toEqual({ ok: false, code: 'forbidden' });
    });

    test('D2: nobody else comes in, whatever name they claim and however long the two are silent', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const opened = await opens(scene, ada, ben);
      await scene.stores(message(await seat(scene, opened, ada), 'hello'));
      scene.clock.move(40 * DAY);
      const stranger = await scene.session();
      for (const name of ['Ben', 'Cleo', 'Ada'])
        expect(await scene.claim(opened.room, stranger, name)).toEqual({ ok: false, code: 'forbidden' });
      expect((await scene.claim(opened.room, ada.session, 'Another')).ok).toBe(false);
      expect((await scene.claim(opened.room, ada.session, 'Ada')).ok).toBe(true);
      // Nor does one of the two drive the other out by their name.
      const own = await seat(scene, opened, ada);
      expect(await scene.does(rename(own, 'Ben'))).toEqual(refusal('nameTaken'));
      expect((await seat(scene, opened, ben)).name).toBe('Ben');
    });

    test('D2: whoever gave their place up has it again when one of the two asks', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const opened = await opens(scene, ada, ben);
      await scene.stores(message(await seat(scene, opened, ada), 'hello'));
      await scene.store.release((await seat(scene, opened, ben)).id);
      expect(await scene.store.membersOf(ben.session, opened.room.id)).toEqual([]);
      const again = await opens(scene, ada, ben);
      expect([again.room.id, again.seated]).toEqual([opened.room.id, [ben.session]]);
      expect((await seat(scene, again, ben)).name).toBe('Ben');
      await scene.store.release((await seat(scene, again, ben)).id);
      await scene.stores(rename(await seat(scene, again, ada), 'Ben'));
      expect(await scene.store.openDirect(ada.id, ben.id)).toEqual({ ok: false, code: 'nameTaken' });
    });

    test('D3: it has no other title than its two names, but may have a topic', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      const opened = await opens(scene, ada, ben);
      const own = await seat(scene, opened, ada);
      expect(await scene.does(title(own, 'Secrets'))).toEqual(refusal('forbidden'));
      expect((await scene.does(topic(own, 'Secrets'))).result).toBe('stored');
    });

    test('N8: one in which nobody wrote is forgotten, and the next one is another', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      await scene.stores(message(ada, 'kept'));
      const opened = await opens(scene, ada, ben);
      scene.clock.move(HOUR + 1);
      for (let n = 0; n < 10 * FORGOTTEN_AT_ONCE; n += 1) await scene.room();
      expect(await scene.store.room(opened.room.address)).toBeUndefined();
      const next = await opens(scene, ada, ben);
      expect(next.room.address).not.toBe(opened.room.address);
      expect(next.seated).toHaveLength(2);
    });

    test('D4: unanswered ones keep nobody out of a room; those that are answered count', async () => {
      const scene = given();
      const room = await scene.room();
      const ben = await scene.member(room, 'Ben');
      await scene.says(ben, 'here');
      const answered = await opens(scene, await scene.member(room, 'Friend'), ben);
      await scene.stores(message(await seat(scene, answered, ben), 'yes'));
      const most = MAX_MEMBERS_PER_SESSION - 2;
      for (let n = 0; n < most; n += 1) await opens(scene, await scene.member(room, `Crowd ${n}`), ben);
      expect(await scene.store.memberships(ben.session)).toHaveLength(MAX_MEMBERS_PER_SESSION);
      expect((await scene.claim(await scene.room(), ben.session, 'Ben')).ok).toBe(true);
      const left = (await scene.store.memberships(ben.session)).map((membership) => membership.room.id);
      expect(left).toHaveLength(3);
      expect(left).toContain(answered.room.id);
    });

    test('D4: whoever has as many rooms as there may be is asked for no more', async () => {
      const scene = given();
      const [ada, ben] = await two(scene);
      await scene.says(ben, 'here');
      for (let n = 0; n < MAX_MEMBERS_PER_SESSION - 1; n += 1)
        await scene.says(await scene.member(await scene.room(), 'Ben', ben.session), 'here');
      expect(await scene.store.openDirect(ada.id, ben.id)).toEqual({ ok: false, code: 'tooMany' });
      expect(await scene.store.direct(ada.id, ben.id)).toBeUndefined();
    });
  });
}
