import { afterAll, expect, test } from 'vitest';
import { message } from '../contract/scene.contract.ts';
import type { Claimed, Room } from '../store.ts';
import { openForReading, openForWriting } from './open-database.ts';
import { Reader } from './reader.ts';
import type { Writing } from './requests.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';
import { Writer } from './writer.ts';

afterAll(removeFolders);

test('L8: what is read at one moment is of that moment, whatever is written meanwhile', async () => {
  const folder = temporaryFolder();
  const { db, lock } = await openForWriting(folder);
  const reading = await openForReading(folder);
  const [writer, reader] = [new Writer(db), new Reader(reading)];
  const write = (name: keyof Writing, ...args: unknown[]): unknown => {
    const [reply] = writer.run([{ number: 1, now: 1_000, name, args }]);
    return reply?.ok ? reply.value : undefined;
  };
  const room = write('openRoom', 'tea', 'Tea') as Room;
  const claimed = write('claim', { room: room.id, session: 's', name: 'Ada', key: 'ada', skeleton: 'ada' }) as Claimed;
  if (!claimed.ok) throw new Error(claimed.code);
  const seqs = (): number[] => [
    reader.heads([room.id]).get(room.id)?.seq ?? -1,
    reader.read(room.id, 0, 10, '').entries.length,
  ];
  const during = reader.inOneMoment(() => {
    const before = seqs();
    write('append', [message(claimed.member, 'a')]);
    return [before, seqs()];
  });
  expect(during).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(reader.inOneMoment(seqs)).toEqual([1, 1]);
  for (const one of [reading, db, lock]) one.close();
});
