import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Address, DeviceId, SessionId } from '../../../protocol/ids.ts';
import { CODE_LASTS_MS, MAX_DEVICES_PER_SESSION, MAX_OPEN_CODES } from '../../../protocol/limits.ts';
import type { CameAlong } from '../devices.ts';
import type { Session } from '../store.ts';
import { DAY, HOUR, type Scene } from './scene.contract.ts';

interface Opened extends Session {
  readonly hash: string;
}

async function opened(scene: Scene, name?: string): Promise<Opened> {
  const hash = randomUUID();
  return { ...(await scene.store.openSession(hash, { name })), hash };
}

async function code(scene: Scene, device: DeviceId): Promise<{ linkHash: string; typedHash: string }> {
  const hashes = { linkHash: randomUUID(), typedHash: randomUUID() };
  expect(await scene.store.devices.openCode(device, hashes)).toBe('open');
  return hashes;
}

function came(answer: CameAlong): Session {
  if (!answer.ok) throw new Error(`Did not come along: ${answer.code}`);
  return answer.session;
}

/** One more device of the session of this one, and its token. */
async function along(scene: Scene, device: DeviceId, name = 'Safari on iPhone'): Promise<Opened> {
  const { linkHash } = await code(scene, device);
  const hash = randomUUID();
  return { ...came(await scene.store.devices.comeAlong({ codeHash: linkHash, tokenHash: hash, name })), hash };
}

const GONE: CameAlong = { ok: false, code: 'gone' };

export function devicesContract(given: () => Scene): void {
  describe('devices of a session', () => {
    test('H8: each has a token of its own, a name, and when it was made and last used', async () => {
      const scene = given();
      const { store, clock } = scene;
      const laptop = await opened(scene, 'Firefox on Linux');
      await store.rememberRoom(laptop.id, 'tea' as Address);
      const madeAt = clock.now();
      clock.move(2 * HOUR);
      const phone = await along(scene, laptop.device);
      expect(await store.session(laptop.hash)).toEqual({ id: laptop.id, device: laptop.device, lastRoom: 'tea' });
      expect(await store.session(phone.hash)).toEqual({ id: laptop.id, device: phone.device, lastRoom: 'tea' });
      const now = clock.now();
      expect(await store.devices.of(laptop.id)).toEqual([
        { id: laptop.device, name: 'Firefox on Linux', madeAt, usedAt: now },
        { id: phone.device, name: 'Safari on iPhone', madeAt: now, usedAt: now },
      ]);
      expect(await store.devices.of('none' as SessionId)).toEqual([]);
    });

    test('H1 H8: a new token is of one device alone; the others’ stay, and so does its name where none is said', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene, 'Firefox on Linux');
      const phone = await along(scene, laptop.device);
      const next = randomUUID();
      expect((await store.openSession(next, { replaces: phone.device })).id).toBe(laptop.id);
      for (const hash of [next, laptop.hash]) expect((await store.session(hash))?.id).toBe(laptop.id);
      expect(await store.session(phone.hash)).toBeUndefined();
      await store.openSession(randomUUID(), { replaces: laptop.device, name: 'Firefox on Windows' });
      expect((await store.devices.of(laptop.id)).map(({ name }) => name).toSorted()).toEqual([
        'Firefox on Windows',
        'Safari on iPhone',
      ]);
    });

    test('H1 H8: a device ends 90 days after its own last use, the session with the last of them', async () => {
      const scene = given();
      const { store, clock } = scene;
      const laptop = await opened(scene);
      await store.rememberRoom(laptop.id, 'tea' as Address);
      const phone = await along(scene, laptop.device);
      clock.move(60 * DAY);
      expect(await store.session(phone.hash)).toBeDefined();
      clock.move(30 * DAY);
      expect(await store.session(laptop.hash)).toBeUndefined();
      expect((await store.devices.of(laptop.id)).map(({ id }) => id)).toEqual([phone.device]);
      await store.openSession(randomUUID());
      expect(await store.session(phone.hash)).toMatchObject({ id: laptop.id, lastRoom: 'tea' });
      clock.move(90 * DAY);
      expect(await store.session(phone.hash)).toBeUndefined();
      expect(await store.devices.of(laptop.id)).toEqual([]);
    });

    test('H8: signing one out ends its token and its codes, and nothing of the others; the last one is not ended by it', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      const ada = await scene.member(await scene.room(), 'Ada', laptop.id);
      const phone = await along(scene, laptop.device);
      const [itsOwn, theOther] = [await code(scene, phone.device), await code(scene, laptop.device)];
      expect(await store.devices.end(laptop.id, phone.device)).toBe('ended');
      expect(await store.devices.end(laptop.id, phone.device)).toBe('notThere');
      expect(await store.session(phone.hash)).toBeUndefined();
      expect(await store.session(laptop.hash)).toBeDefined();
      expect(await store.member(ada.id)).toEqual(ada);
      const coming = (codeHash: string) =>
        store.devices.comeAlong({ codeHash, tokenHash: randomUUID(), name: 'A browser' });
      expect(await coming(itsOwn.linkHash)).toEqual(GONE);
      expect((await coming(theOther.linkHash)).ok).toBe(true);
      const stranger = await opened(scene);
      expect(await store.devices.end(laptop.id, stranger.device)).toBe('notThere');
      expect(await store.devices.end(stranger.id, stranger.device)).toBe('last');
      expect(await store.session(stranger.hash)).toBeDefined();
    });

    test('H8: two that sign each other out at once: one of them is left', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      const phone = await along(scene, laptop.device);
      const ended = await Promise.all([laptop, phone].map(({ device }) => store.devices.end(laptop.id, device)));
      expect(ended).toEqual(['ended', 'last']);
      expect((await store.devices.of(laptop.id)).map(({ id }) => id)).toEqual([phone.device]);
    });

    test('H8: signing out everywhere else leaves this one alone, and no code', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      const others = [await along(scene, laptop.device), await along(scene, laptop.device)];
      const seen = await code(scene, laptop.device);
      const foreign = await opened(scene);
      expect(await store.devices.endOthers(laptop.id, foreign.device)).toEqual([]);
      const ended = await store.devices.endOthers(laptop.id, laptop.device);
      expect(ended.toSorted()).toEqual(others.map(({ device }) => device).toSorted());
      for (const { hash } of others) expect(await store.session(hash)).toBeUndefined();
      expect(await store.session(laptop.hash)).toBeDefined();
      const late = { codeHash: seen.linkHash, tokenHash: randomUUID(), name: 'A browser' };
      expect(await store.devices.comeAlong(late)).toEqual(GONE);
    });

    test('N7 H8: the end of a session is that of all its devices and codes', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      const phone = await along(scene, laptop.device);
      const { typedHash } = await code(scene, phone.device);
      await store.endSession(laptop.id);
      for (const { hash } of [laptop, phone]) expect(await store.session(hash)).toBeUndefined();
      const late = { codeHash: typedHash, tokenHash: randomUUID(), name: 'A browser' };
      expect(await store.devices.comeAlong(late)).toEqual(GONE);
      expect(await store.devices.openCode(phone.device, { linkHash: 'x', typedHash: 'y' })).toBe('notThere');
    });

    test(`H8: a session has ${MAX_DEVICES_PER_SESSION} devices at most: no code is made for more, and none opens it to more`, async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      const kept = await code(scene, laptop.device);
      while ((await store.devices.of(laptop.id)).length < MAX_DEVICES_PER_SESSION) await along(scene, laptop.device);
      const more = { linkHash: randomUUID(), typedHash: randomUUID() };
      expect(await store.devices.openCode(laptop.device, more)).toBe('tooMany');
      const coming = { codeHash: kept.linkHash, tokenHash: randomUUID(), name: 'A browser' };
      expect(await store.devices.comeAlong(coming)).toEqual({ ok: false, code: 'tooMany' });
      // Not the one that made the code: its codes go with it.
      const other = (await store.devices.of(laptop.id)).find(({ id }) => id !== laptop.device);
      await store.devices.end(laptop.id, other!.id);
      expect((await store.devices.comeAlong(coming)).ok).toBe(true);
    });
  });

  describe('codes to come along by', () => {
    test('H9: a code is good once, by its link or as it is typed', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      for (const by of ['linkHash', 'typedHash'] as const) {
        const hashes = await code(scene, laptop.device);
        const coming = { codeHash: hashes[by], name: 'A browser' };
        const session = came(await store.devices.comeAlong({ ...coming, tokenHash: randomUUID() }));
        expect(session.id).toBe(laptop.id);
        for (const codeHash of Object.values(hashes))
          expect(await store.devices.comeAlong({ codeHash, tokenHash: randomUUID(), name: 'Eve' })).toEqual(GONE);
      }
    });

    test('H9: of two that use a code at once, exactly one comes along', async () => {
      const scene = given();
      const laptop = await opened(scene);
      const { linkHash, typedHash } = await code(scene, laptop.device);
      const coming = [linkHash, typedHash, linkHash].map((codeHash) =>
        scene.store.devices.comeAlong({ codeHash, tokenHash: randomUUID(), fromHash: randomUUID(), name: 'A browser' }),
      );
      const answers = await Promise.all(coming);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter(({ ok }) => !ok)).toEqual([GONE, GONE]);
      expect(await scene.store.devices.of(laptop.id)).toHaveLength(2);
    });

    test('H9: a code is good for 10 minutes', async () => {
      const scene = given();
      const { store, clock } = scene;
      const laptop = await opened(scene);
      const [one, other] = [await code(scene, laptop.device), await code(scene, laptop.device)];
      const coming = (codeHash: string) =>
        store.devices.comeAlong({ codeHash, tokenHash: randomUUID(), name: 'A browser' });
      clock.move(CODE_LASTS_MS - 1);
      expect((await coming(one.linkHash)).ok).toBe(true);
      clock.move(1);
      expect(await coming(other.linkHash)).toEqual(GONE);
    });

    test(`H9: ${MAX_OPEN_CODES} of a session are open at once: one more closes the one made first`, async () => {
      const scene = given();
      const { store, clock } = scene;
      const laptop = await opened(scene);
      const codes = [];
      for (let n = 0; n <= MAX_OPEN_CODES; n += 1) {
        codes.push(await code(scene, laptop.device));
        clock.move(1);
      }
      const answers = [];
      for (const { typedHash } of codes)
        answers.push((await store.devices.comeAlong({ codeHash: typedHash, tokenHash: randomUUID(), name: '' })).ok);
      expect(answers).toEqual([false, true, true, true]);
    });

    test('H9: a device of that session already uses no code up', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      const { linkHash } = await code(scene, laptop.device);
      const coming = { codeHash: linkHash, tokenHash: randomUUID(), name: 'A browser' };
      const again = await store.devices.comeAlong({ ...coming, fromHash: laptop.hash });
      expect(again).toEqual({ ok: false, code: 'here' });
      expect((await store.devices.comeAlong(coming)).ok).toBe(true);
    });

    test('H1 H9: a browser that never had the answer asks again and is the same device; another one, or later, is not', async () => {
      const scene = given();
      const { store, clock } = scene;
      const laptop = await opened(scene);
      const known = await opened(scene);
      await scene.member(await scene.room(), 'Ben', known.id);
      for (const fromHash of [randomUUID(), known.hash]) {
        const { linkHash: codeHash } = await code(scene, laptop.device);
        const coming = { codeHash, fromHash, name: 'A browser' };
        const [lost, got, third] = [randomUUID(), randomUUID(), randomUUID()];
        const first = came(await store.devices.comeAlong({ ...coming, tokenHash: lost }));
        expect(await store.devices.comeAlong({ ...coming, tokenHash: third, fromHash: randomUUID() })).toEqual(GONE);
        expect(came(await store.devices.comeAlong({ ...coming, tokenHash: got }))).toEqual(first);
        expect(await store.session(lost)).toBeUndefined();
        expect((await store.session(got))?.device).toBe(first.device);
        expect(await store.devices.comeAlong({ ...coming, tokenHash: third })).toEqual(GONE);
      }
      const { linkHash: codeHash } = await code(scene, laptop.device);
      const coming = { codeHash, fromHash: randomUUID(), name: 'A browser' };
      came(await store.devices.comeAlong({ ...coming, tokenHash: randomUUID() }));
      clock.move(60_000);
      expect(await store.devices.comeAlong({ ...coming, tokenHash: randomUUID() })).toEqual(GONE);
    });

    test('H9: the session that a device had before goes on, and is forgotten where it is nobody anywhere', async () => {
      const scene = given();
      const { store } = scene;
      const laptop = await opened(scene);
      const [somebody, nobody] = [await opened(scene), await opened(scene)];
      const ben = await scene.member(await scene.room(), 'Ben', somebody.id);
      for (const { hash: fromHash } of [somebody, nobody]) {
        const { linkHash } = await code(scene, laptop.device);
        const coming = { codeHash: linkHash, tokenHash: randomUUID(), fromHash, name: 'A browser' };
        expect(came(await store.devices.comeAlong(coming)).id).toBe(laptop.id);
      }
      expect((await store.session(somebody.hash))?.id).toBe(somebody.id);
      // Whoever planted it has nothing by it.
      expect(await store.session(nobody.hash)).toBeUndefined();
      expect(await store.member(ben.id)).toEqual(ben);
      expect(await store.devices.of(nobody.id)).toEqual([]);
    });
  });
}
