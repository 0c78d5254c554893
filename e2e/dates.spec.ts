import { comeBack, numbered } from './support/coming-back.ts';
import type { Person } from './support/person.ts';
import { expect, IN_ALL, test } from './support/story.ts';

/** As a field of dates has it, `days` from today where the page is. */
async function dateIn(person: Person, days: number): Promise<string> {
  return person.page.evaluate((ahead) => {
    const day = new Date();
    day.setDate(day.getDate() + ahead);
    const two = (part: number): string => String(part).padStart(2, '0');
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  }, days);
}

/** Where it stands on the screen: Playwright's own click scrolls what sticks there to where it would stand by itself. */
async function pressDay(person: Person): Promise<void> {
  const day = await person.transcript.getByRole('button', { name: 'Today' }).boundingBox();
  if (day === null) throw new Error('There is no day.');
  await person.page.mouse.click(day.x + day.width / 2, day.y + day.height / 2);
}

const dialogOf = (person: Person) => person.page.getByRole('dialog', { name: 'Go to a date' });

test('one goes to a date from a day in the transcript, by keyboard from the menu, and back', async ({
  script,
  guest,
}) => {
  const other = await script('Script');
  await other.say(...numbered(1, 300));
  const ada = await guest('Ada');
  const { page } = ada;
  await expect(ada.texts.last()).toHaveText('message 300');
  await pressDay(ada);
  const field = dialogOf(ada).getByLabel('Date');
  await expect(field).toHaveValue(await dateIn(ada, 0));
  await dialogOf(ada).getByRole('button', { name: 'Go there' }).click();
  await expect(dialogOf(ada)).toHaveCount(0);
  // All was said today.
  await expect(ada.messages.filter({ hasText: /message 1$/u })).toBeFocused();
  await expect(page.getByRole('region', { name: 'Start of the room' })).toBeInViewport();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(ada.texts.last()).toHaveText('message 300');
  await page.getByRole('button', { name: 'More' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Go to a date' }).press('Enter');
  await field.fill(await dateIn(ada, -1));
  await field.press('Enter');
  await expect(ada.messages.filter({ hasText: /message 1$/u })).toBeFocused();
});

test('what one was led away from is led back to, one place after the other', IN_ALL, async ({ script, guest }) => {
  const other = await script('Script');
  const ada = await guest('Ada');
  await comeBack(ada, other, 290);
  const { page } = ada;
  await page.getByRole('button', { name: /Jump there$/u }).click();
  await expect(ada.messages.filter({ hasText: /message 11$/u })).toBeFocused();
  await pressDay(ada);
  await dialogOf(ada).getByRole('button', { name: 'Go there' }).click();
  await expect(ada.messages.filter({ hasText: /message 1$/u })).toBeFocused();
  await page.getByRole('button', { name: 'Back to where you were' }).click();
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(ada.texts.last()).toBeInViewport();
  await expect(page.getByRole('button', { name: /^Back to/u })).toHaveCount(0);
});

test(
  'who is not led to where they want to is told why, and stays where they are',
  IN_ALL,
  async ({ script, stranger, room, line, watch }) => {
    watch.allowNetworkTrouble();
    const other = await script('Script');
    await other.say(...numbered(1, 5));
    const ada = await (await stranger({}, line)).appear('Ada', room);
    await expect(ada.texts.last()).toHaveText('message 5');
    line.cut();
    await ada.send('not yet');
    await pressDay(ada);
    await dialogOf(ada).getByRole('button', { name: 'Go there' }).click();
    await expect(ada.page.locator('.toast')).toHaveText('There is no connection to the server at the moment.');
    await expect(ada.texts.nth(4)).toHaveText('message 5');
  },
);
