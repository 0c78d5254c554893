import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Address } from './ids.ts';
import {
  addressOf,
  foldCase,
  isDirect,
  nameProblemText,
  type NameProblem,
  personName,
  roomName,
  roomPath,
  suggestRoomName,
} from './names.ts';

const problemOf = (raw: string, kind: typeof personName | typeof roomName = personName) => {
  const named = kind(raw);
  return named.ok ? undefined : named.problem;
};

describe('N1: a person’s name', () => {
  test('is trimmed, its white space collapsed, its compatibility forms replaced', () => {
    expect(personName('  Ａda \t Lovelace ')).toEqual({ ok: true, name: 'Ada Lovelace', key: 'ada lovelace' });
  });

  test.each(['Ada', '李小龍', 'محمد', 'שרה', 'ไทย', 'नमस्ते', 'Zoë', '👩‍👩‍👧 Family', '❤️ Ann', '🇩🇪', "O'Brien", '1️⃣'])(
    'may be %s',
    (name) => {
      expect(problemOf(name)).toBeUndefined();
    },
  );

  test('has 32 graphemes at most, however many bytes each has, up to 128', () => {
    expect(problemOf('a'.repeat(32))).toBeUndefined();
    expect(problemOf('a'.repeat(33))).toBe('tooLong');
    expect(problemOf('漢'.repeat(32))).toBeUndefined();
    expect(problemOf('👩‍👩‍👧‍👦'.repeat(6))).toBe('tooLong');
    expect(problemOf('ﷺ'.repeat(20))).toBe('tooLong');
    expect(problemOf('a'.repeat(1_000_000))).toBe('tooLong');
  });

  test.each(['', ' ', '\t\n', '\u3000', '\u00a0'])('is not empty (%j)', (name) => {
    expect(problemOf(name)).toBe('empty');
  });
});

describe('N2: what cannot be seen', () => {
  test('makes no name another one: a picture in colours is the same as one in black', () => {
    const [coloured, black] = [personName('\u2764\ufe0f Ann'), personName('\u2764 Ann')];
    expect(coloured.ok && black.ok && coloured.key === black.key).toBe(true);
    expect(addressOf('\u2764\ufe0f tea')).toBe(addressOf('\u2764 tea'));
  });

  test.each([
    ['a control', 'a\u0007b'],
    ['NUL', 'a\u0000b'],
    ['a bidi override', 'a\u202eb'],
    ['a zero width space', 'a\u200bb'],
    ['a lone joiner', 'a\u200db'],
    ['a joiner at the end of an emoji', '👩\u200d'],
    ['a tag', 'a\u{e0041}'],
    ['private use', '\ue000'],
    ['unassigned', '\u{e0fff}'],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
    ['a blank filler', '\u3164'],
    ['a Braille blank', '\u2800'],
    ['a soft hyphen', 'a\u00adb'],
    ['a byte order mark', '\ufeffa\ufeffb'],
    ['a variation selector behind a letter', 'a\ufe0f'],
    ['a variation selector behind a figure', 'Ada1\ufe0f'],
    ['a musical sign that draws nothing', 'Ada\u{1d159}'],
    ['a Khitan filler', 'Ada\u{16fe4}'],
    ['an Egyptian blank', '\u{13441}'],
  ])('is refused: %s', (_, name) => {
    expect(problemOf(name)).toBe('invisible');
    expect(problemOf(name, roomName)).toBe('invisible');
  });

  test('three marks on a letter are a script, four are a drawing', () => {
    expect(problemOf('q\u0301\u0302\u0303')).toBeUndefined();
    expect(problemOf('q\u0301\u0302\u0303\u0304')).toBe('marks');
    expect(problemOf('ế\u0316\u0317')).toBe('marks');
  });
});

test.each(['admin', 'System', 'MODERATOR', 'ｏｗｎｅｒ', 'server', 'Bot', 'everyone', ' here '])(
  'N3: %s is kept for the room',
  (name) => {
    expect(problemOf(name)).toBe('reserved');
  },
);

describe('N5: a room’s name', () => {
  test.each(['a/b', 'a\\b', 'why?', '#general', '100%', '.', '..', '~x', '／'])('is not %s', (name) => {
    expect(problemOf(name, roomName)).toBe('path');
  });

  test.each(['__proto__', 'constructor', '...', 'a.b', 'x~', 'admin', 'Kaffee & Kuchen', 'ゲーム'])(
    'may be %s',
    (name) => {
      expect(problemOf(name, roomName)).toBeUndefined();
    },
  );

  test('has 64 graphemes and 200 bytes at most, folded too', () => {
    expect(problemOf('a'.repeat(64), roomName)).toBeUndefined();
    expect(problemOf('a'.repeat(65), roomName)).toBe('tooLong');
    expect(problemOf('ß'.repeat(64), roomName)).toBe('tooLong');
    expect(problemOf('漢'.repeat(67), roomName)).toBe('tooLong');
  });
});

describe('N6: a room’s address', () => {
  test('is one for all spellings', () => {
    const spellings = ['Straße  7', 'STRASSE 7', 'strasse 7', ' Ｓtrasse\u00a07 '];
    expect(new Set(spellings.map(addressOf))).toEqual(new Set(['strasse 7']));
  });

  test('means itself, and survives a URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 70 }), (raw) => {
        const address = addressOf(raw);
        if (address === undefined) return;
        expect(addressOf(address)).toBe(address);
        expect(decodeURIComponent(roomPath(address).slice('/chat/'.length))).toBe(address);
        expect(new URL(roomPath(address), 'http://localhost').pathname).toBe(roomPath(address));
      }),
    );
  });
});

test('folding twice is folding once', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => foldCase(foldCase(text)) === foldCase(text)));
});

test('no string makes the rules throw, and each problem has its words', () => {
  const raws = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme-composite' }));
  fc.assert(
    fc.property(raws, (raw) => {
      for (const named of [personName(raw), roomName(raw)]) {
        if (!named.ok) expect(nameProblemText(named.problem, 'name')).toMatch(/\.$/);
        else expect(named.name.length).toBeGreaterThan(0);
      }
    }),
  );
  const all: NameProblem[] = ['empty', 'tooLong', 'invisible', 'marks', 'reserved', 'path'];
  expect(new Set(all.map((problem) => nameProblemText(problem, 'room name'))).size).toBe(all.length);
});

describe('a suggested name for a room', () => {
  const suggested = (numbers: readonly number[]): string =>
    suggestRoomName((into) => into.map((_, at) => numbers[at] ?? 0));
  const nine = (most: number) => fc.array(fc.nat({ max: most }), { minLength: 9, maxLength: 9 });

  test('N5: is one that a room may have, and its own address', () => {
    fc.assert(
      fc.property(nine(0xffffffff), (numbers) => {
        const name = suggested(numbers);
        expect(roomName(name)).toEqual({ ok: true, name, key: name });
      }),
    );
  });

  test('has at least 50 bits: each of its nine parts is one of 70, and none hides another', () => {
    fc.assert(
      fc.property(nine(69), nine(69), (one, other) => {
        expect(suggested(one) === suggested(other)).toBe(one.join() === other.join());
      }),
    );
    expect(Math.log2(70 ** 9)).toBeGreaterThan(50);
  });
});

test('D1: the address of a conversation of two is one, in any spelling, and names no room', () => {
  const address = `~${'abcdefghijklmnopqrstuvwxyz'.slice(0, 24)}27`;
  for (const spelling of [address, ` ${address.toUpperCase()} `]) expect(addressOf(spelling)).toBe(address);
  expect(isDirect(address)).toBe(true);
  expect(roomName(address)).toEqual({ ok: false, problem: 'path' });
  expect(roomPath(address as Address)).toBe(`/chat/${address}`);
  for (const other of [
    '~',
    '~tea',
    `${address}a`,
    address.slice(0, -1),
    `~${address}`,
    address.slice(1),
    `${address}/`,
  ]) {
    expect(isDirect(other), other).toBe(false);
    expect(addressOf(other)?.startsWith('~'), other).not.toBe(true);
  }
});
