import type { Page } from '@playwright/test';
import type { Person } from './support/person.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const UNPROCESSABLE = /status of 422/u;
const NOT_FOUND = /status of 404/u;

const WRONG_NAMES = [
  ['', 'Please give a name.'],
  ['a'.repeat(33), 'This name is too long: 32 characters at most.'],
  ['Ada\u200b', 'characters that cannot be seen'],
  ['Admin', 'kept for the room itself'],
] as const;

const WRONG_ROOMS = [
  ['', 'Please give a room.'],
  ['..', 'cannot have'],
  ['a/b', 'cannot have'],
  ['r'.repeat(65), 'This room name is too long: 64 characters at most.'],
] as const;

for (const javaScriptEnabled of [true, false]) {
  const [how, when] = javaScriptEnabled ? ['', {}] : [', without scripts too', IN_ALL];

  test(
    `N1 N2 N3: why a name cannot be is said beside it, and everything typed is kept${how}`,
    when,
    async ({ stranger, room, watch }) => {
      watch.allow(UNPROCESSABLE);
      const ada = await stranger({ javaScriptEnabled });
      await ada.page.goto(ada.origin);
      for (const [name, reason] of WRONG_NAMES) {
        await ada.fillIn(name, room);
        await expectRefused(ada, 'Your name', reason, javaScriptEnabled);
        await expectFields(ada, name, room);
      }
    },
  );

  test(
    `N5: why a room cannot be is said beside it, and everything typed is kept${how}`,
    when,
    async ({ stranger, watch }) => {
      watch.allow(UNPROCESSABLE);
      const ada = await stranger({ javaScriptEnabled });
      await ada.page.goto(ada.origin);
      for (const [room, reason] of WRONG_ROOMS) {
        await ada.fillIn('Ada', room);
        await expectRefused(ada, 'Room', reason, javaScriptEnabled);
        await expectFields(ada, 'Ada', room);
      }
    },
  );

  test(
    `N4: a name that somebody else has, or one that looks like it, is refused beside its field${how}`,
    when,
    async ({ guest, stranger, room, watch }) => {
      watch.allow(UNPROCESSABLE);
      await guest('Paul');
      const eve = await stranger({ javaScriptEnabled });
      await eve.page.goto(eve.origin);
      // The second with a Cyrillic а.
      for (const name of ['PAUL', 'P\u0430ul']) {
        await eve.fillIn(name, room);
        const answered = eve.page.waitForResponse((response) => response.request().method() === 'POST');
        await eve.join();
        expect((await answered).status()).toBe(422);
        await expectReason(eve.page, 'Your name', 'Somebody else here has this name');
        await expect(eve.page.getByRole('textbox', { name: 'Your name' })).toHaveValue(name);
      }
    },
  );
}

test('a room called __proto__ is a room like any other', async ({ stranger, watch }) => {
  watch.allow(NOT_FOUND);
  const ada = await (await stranger()).appear('Ada', '__proto__');
  const bob = await (await stranger()).appear('constructor', '__proto__');
  await ada.send('__proto__');
  await bob.send('toString');
  for (const person of [ada, bob]) {
    await expect(person.texts).toHaveText(['__proto__', 'toString']);
    await person.leave();
  }
  for (const path of ['/chat/a%2Fb', '/chat/%2e%2e%2f']) {
    const answer = await ada.page.goto(ada.origin + path);
    expect(answer?.status()).toBe(404);
    await expectReason(ada.page, 'Room', 'cannot have');
  }
});

test('a room that one is no member of leads to the login page, whether it is there or not', async ({
  guest,
  stranger,
  room,
}) => {
  await guest('Ada');
  const eve = await stranger();
  for (const wanted of [room, `${room} nowhere`]) {
    await eve.page.goto(`${eve.origin}/chat/${wanted}`);
    await expect(eve.page).toHaveURL(`${eve.origin}/?room=${encodeURIComponent(wanted)}`);
    await expect(eve.page.getByRole('textbox', { name: 'Room' })).toHaveValue(wanted);
  }
});

const HOSTILE = [
  '<img src=x onerror="document.title=1">',
  '<script>document.title = 1</script>',
  '</textarea><svg onload=alert(1)>',
  '[x](javascript:alert(1)) {{7*7}} ${7*7}',
  '\u202egnirts sdrawkcab\u202c and \u2067isolated\u2069 \u202e never ended',
  `${'w'.repeat(3_000)}`,
  'https://example.org/'.padEnd(1_500, 'a/'),
  'שלום عليكم, mixed with left to right',
  '👩‍👩‍👧‍👦🏳️‍🌈🇩🇪'.repeat(60),
  `Z${'\u0351'.repeat(400)}algo`,
  '\u3000\t  tabs\tand\n\n\n\nlines  ',
  '﷽'.repeat(80),
];

test('hostile names and texts run nothing and break no layout at 320 px', async ({ stranger, script }) => {
  const room = '<b onmouseover=alert(1)>'.padEnd(60, 'w');
  const phone = await stranger({ viewport: { width: 320, height: 640 } });
  await phone.appear('<i onclick=alert(1)>wwwwwwwwwwww', room);
  const other = await script('שרה <script>alert(1)<script>', { room });
  await other.say(...HOSTILE);
  await phone.send(HOSTILE[0] ?? '');
  await expect(phone.messages).toHaveCount(HOSTILE.length + 1);
  const title = await phone.page.title();
  await expectNothingSticksOut(phone.page);
  for (const row of await phone.messages.all()) await row.scrollIntoViewIfNeeded();
  await phone.page.getByRole('button', { name: /^People here/u }).click();
  await expect(phone.page.getByRole('complementary')).toBeVisible();
  await expectNothingSticksOut(phone.page);
  await phone.page.keyboard.press('Escape');
  await phone.leave();
  await expect(phone.page.getByRole('button', { name: 'Join' })).toBeVisible();
  await expectNothingSticksOut(phone.page);
  expect(title).toContain('<b onmouseover');
});

async function expectRefused(person: Person, field: string, reason: string, isScripted: boolean): Promise<void> {
  const { page } = person;
  if (isScripted) {
    // Said at once; sent a second time as it is, it is the server that says so.
    await person.join();
    await expectReason(page, field, reason);
    await expect(page.getByRole('textbox', { name: field })).toBeFocused();
  }
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await person.join();
  expect((await answered).status()).toBe(422);
  await expectReason(page, field, reason);
}

async function expectFields({ page }: Person, name: string, room: string): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue(name);
  await expect(page.getByRole('textbox', { name: 'Room' })).toHaveValue(room);
}

async function expectReason(page: Page, field: string, reason: string): Promise<void> {
  const input = page.getByRole('textbox', { name: field });
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await expect(input).toHaveAccessibleDescription(new RegExp(reason, 'u'));
  await expect(page.locator('.problem').filter({ hasText: reason })).toBeVisible();
}

async function expectNothingSticksOut(page: Page): Promise<void> {
  const out = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const boxes = [...document.querySelectorAll('body, body *')].filter((box) => box.checkVisibility());
    const isShortened = (box: Element): boolean => {
      for (let around = box.parentElement; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).textOverflow === 'ellipsis') return true;
      }
      return false;
    };
    const isScroller = ({ overflowX, textOverflow }: CSSStyleDeclaration): boolean =>
      /auto|scroll|hidden/u.test(overflowX) && textOverflow !== 'ellipsis';
    const isOut = (box: Element): boolean => {
      const { left, right } = box.getBoundingClientRect();
      return (left < -0.5 || right > width + 0.5) && !isShortened(box);
    };
    const scrollers = boxes.filter(
      (box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1 && isScroller(getComputedStyle(box)),
    );
    return [...boxes.filter(isOut), ...scrollers].map(
      (box) => `${box.tagName} ${box.className} ${box.textContent.slice(0, 40)}`,
    );
  });
  expect(out).toEqual([]);
}
