import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outline } from '../markup/outline.ts';
import { parse } from '../markup/parse.ts';
import { type Change, FORMATS, formatted, type Passage } from './format.ts';
import { pastedOver } from './pasted-link.ts';

/** A text with what is selected between ‹ and ›. */
function passage(marked: string): Passage {
  const from = marked.indexOf('‹');
  return { text: marked.replace(/[‹›]/gu, ''), from, to: marked.indexOf('›') - 1 };
}

function changed({ text }: Passage, { from, to, insert, select }: Change): string {
  const after = text.slice(0, from) + insert + text.slice(to);
  const [start, end] = select;
  return `${after.slice(0, start)}‹${after.slice(start, end)}›${after.slice(end)}`;
}

describe('what is selected', () => {
  test.each([
    ['bold', 'a ‹b› c', 'a **‹b›** c'],
    ['italic', 'a ‹b› c', 'a *‹b›* c'],
    ['strike', '‹a b›', '~~‹a b›~~'],
    ['spoiler', 'a ‹b›', 'a ||‹b›||'],
    ['code', 'a ‹b› c', 'a `‹b›` c'],
    ['code', '‹a`b›', '`` ‹a`b› ``'],
    ['code', 'so: ‹a\nb›', 'so: \n```\n‹a\nb›\n```'],
    ['code', '‹a\nb\n›c', '```\n‹a\nb›\n```\nc'],
    ['quote', 'one\nt‹w›o\nthree', 'one\n> two‹›\nthree'],
    ['quote', '‹one\ntwo›', '‹> one\n> two›'],
    ['list', 'on‹e\nt›wo', '‹- one\n- two›'],
    ['link', 'see ‹this›', 'see [this](‹https://›)'],
    ['link', 'see ‹https://a.example›', 'see [‹›](https://a.example)'],
    ['bold', '‹- one\n- two›', '‹- **one**\n- **two**›'],
    ['bold', '‹one\n\ntwo ›', '‹**one**\n\n**two**› '],
    ['italic', '**‹a›**', '***‹a›***'],
  ] as const)('becomes %s: %j, %j', (format, before, after) => {
    expect(changed(passage(before), formatted(passage(before), format))).toBe(after);
  });

  test.each([
    ['bold', 'a **‹b›** c', 'a ‹b› c'],
    ['bold', 'a ‹**b**› c', 'a ‹b› c'],
    ['bold', '***‹a›***', '*‹a›*'],
    ['italic', '***‹a›***', '**‹a›**'],
    ['italic', '*‹a›*', '‹a›'],
    ['code', '`‹a›`', '‹a›'],
    ['quote', '> o‹n›e', 'one‹›'],
    ['list', '‹- one\n- two›', '‹one\ntwo›'],
    ['strike', '~~‹›~~', '‹›'],
  ] as const)('is %s no longer: %j, %j', (format, before, after) => {
    expect(changed(passage(before), formatted(passage(before), format))).toBe(after);
  });

  test('leaves spaces outside of the marks, which would not hold on to them', () => {
    expect(changed(passage('a‹ b ›c'), formatted(passage('a‹ b ›c'), 'bold'))).toBe('a **‹b›** c');
  });
});

test.each([
  ['bold', 'a ‹› b', 'a **‹›** b'],
  ['code', '‹›', '`‹›`'],
  ['list', '‹›', '- ‹›'],
  ['quote', 'a\n‹›', 'a\n> ‹›'],
  ['link', '‹›', '[‹›](https://)'],
] as const)('where nothing is selected one writes within what is %s', (format, before, after) => {
  expect(changed(passage(before), formatted(passage(before), format))).toBe(after);
});

describe('an address that is pasted', () => {
  test('over words makes a link of them', () => {
    const before = passage('see ‹this page› now');
    const change = pastedOver(before, ' https://a.example/b_(c)?d[]=e ');
    expect(change && changed(before, change)).toBe('see [this page](https://a.example/b_%28c%29?d%5b%5d=e)‹› now');
  });

  test.each([
    ['‹›', 'https://a.example'],
    ['‹ ›', 'https://a.example'],
    ['‹a\nb›', 'https://a.example'],
    ['‹https://b.example›', 'https://a.example'],
    ['‹words›', 'other words'],
    ['‹words›', 'https://a.example and more'],
    ['‹words›', `${'javascript'}:alert(1)`],
  ])('over %j, %s, is just pasted', (before, pasted) => {
    expect(pastedOver(passage(before), pasted)).toBeUndefined();
  });
});

test('whatever is selected, words stay as they are and what is asked for twice is undone', () => {
  const kinds = new Map<string, string>([
    ['bold', 'b'],
    ['italic', 'i'],
    ['strike', 's'],
    ['spoiler', 'spoiler'],
    ['code', 'code'],
  ]);
  fc.assert(
    fc.property(
      fc.constantFrom(...FORMATS),
      fc.stringMatching(/^[a-z]{1,5}( [a-z]{1,5}){0,3}$/u),
      fc.nat(),
      fc.nat(),
      (format, text, one, other) => {
        const [from = 0, to = 0] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b);
        const change = formatted({ text, from, to }, format);
        const after = text.slice(0, change.from) + change.insert + text.slice(change.to);
        const words = text.slice(from, to).trim();
        const kind = kinds.get(format);
        if (words !== '' && kind !== undefined) expect(outline(parse(after))).toContain(`${kind}(${words})`);
        if (format === 'link') return;
        const [start, end] = change.select;
        const back = formatted({ text: after, from: start, to: end }, format);
        expect(after.slice(0, back.from) + back.insert + after.slice(back.to)).toBe(text);
      },
    ),
    { numRuns: 500 },
  );
});
