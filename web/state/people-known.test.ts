import { expect, test } from 'vitest';
import { ada, linus, message, roomOf } from '../views/samples.ts';
import { NO_LIST } from './people-list.ts';
import { peopleKnown } from './people-known.ts';
import type { MemberId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';

const lin: Person = { id: 'm-lin' as MemberId, name: 'Lin', role: 'member' };
const namesOf = (known: ReturnType<typeof peopleKnown>) => known.map(({ name }) => name);

test('whoever spoke last is first, then whoever is here, and not oneself', () => {
  const state = { ...roomOf([message(1, linus), message(2, ada), message(3, lin)]), me: ada };
  expect(namesOf(peopleKnown({ ...state, here: [ada, linus] }, NO_LIST))).toEqual(['Lin', 'Linus']);
});

test('whoever is here has the name of now', () => {
  const state = { ...roomOf([message(1, linus)]), me: ada, here: [{ ...linus, name: 'Linus the other' }] };
  expect(namesOf(peopleKnown(state, NO_LIST))).toEqual(['Linus the other']);
});

test('P7: in a crowd those are known who were asked for', () => {
  const state = { ...roomOf([]), me: ada, here: [], crowd: 300 };
  expect(namesOf(peopleKnown(state, { ...NO_LIST, people: [lin, ada] }))).toEqual(['Lin']);
});
