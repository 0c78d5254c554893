import { expect, test } from 'vitest';
import { message, Scene, TestClock } from '../contract/scene.contract.ts';
import { randomIds } from '../random-ids.ts';
import { storeContract } from '../store.contract.ts';
import { MemoryStore } from './memory-store.ts';

function open(): { store: MemoryStore; clock: TestClock } {
  const clock = new TestClock();
  return { store: new MemoryStore({ clock, newId: randomIds() }), clock };
}

storeContract('memory', async () => open());

test('a store that went back has forgotten what came since, and goes on under other ids', async () => {
  const { store, clock } = open();
  const scene = new Scene({ store, clock });
  const room = await scene.room();
  const ada = await scene.member(room, 'Ada');
  const first = await scene.says(ada, 'a');
  const snapshot = store.snapshot();
  const lost = await scene.says(ada, 'b');
  await scene.member(room, 'Bob');
  store.rewindTo(snapshot);
  expect(await scene.log(room)).toEqual([first]);
  expect((await scene.claim(room, await scene.session(), 'Bob')).ok).toBe(true);
  const next = await scene.says(ada, 'c');
  expect({ seq: next.seq, same: next.id === lost.id }).toEqual({ seq: 2, same: false });
  expect(await store.read(room.id, 2, 10, lost.id)).toMatchObject({ reset: true });
  store.rewindTo(snapshot);
  expect(await scene.log(room)).toEqual([first]);
  expect((await scene.does(message(ada, 'd'))).result).toBe('stored');
});
