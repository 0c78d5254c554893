// One person on several devices: rules H8 and H9 of PROTOCOL.md.
import type { Person } from './support/person.ts';
import { expect, IN_ALL, test } from './support/story.ts';

/** What a device shows to the next one. */
async function codeOf({ page, origin }: Person): Promise<{ link: string; typed: string }> {
  await page.goto(`${origin}/devices`);
  await page.getByRole('button', { name: 'Show a link and a code' }).click();
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  return { link: await page.locator('#link').innerText(), typed: await page.locator('#typed').innerText() };
}

test('H8 H9: Ada takes her name along, is one person on both, and signs the other one out from afar', async ({
  guest,
  stranger,
  room,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const [eve, ada] = [await guest('Eve'), await guest('Ada')];
  const phone = await stranger({ viewport: { width: 360, height: 740 } });
  const devices = await ada.newTab();
  await ada.page.getByRole('button', { name: 'More' }).click();
  await ada.page.getByRole('menuitem', { name: 'Your devices …' }).click();
  await expect(ada.page.getByRole('heading', { name: 'Your devices' })).toBeVisible();
  const { link } = await codeOf(devices);
  await ada.page.getByRole('link', { name: 'Back' }).click();
  await ada.isIn();
  await phone.page.goto(link);
  await expect(phone.page.getByRole('main')).not.toContainText('Ada');
  await phone.page.getByRole('button', { name: 'Come along' }).click();
  await phone.page.getByRole('link', { name: room }).click();
  await phone.isIn();
  await phone.send('from my phone');
  for (const person of [ada, eve]) await expect(person.messagesBy('Ada')).toHaveText(['from my phone']);
  expect(await eve.here()).toEqual(['Ada', 'Eve']);
  await phone.composer.fill('half a thou');
  await devices.page.goto(`${devices.origin}/devices`);
  await devices.page.getByRole('button', { name: 'Sign out there' }).click();
  await expect(devices.page.getByRole('button', { name: 'Sign out there' })).toHaveCount(0);
  await expect(phone.page.getByRole('alert')).toContainText(/session has ended|signed out/u);
  await expect(phone.composer).toHaveValue('half a thou');
  await ada.send('still here');
  await expect(eve.messagesBy('Ada')).toHaveText(['from my phone', 'still here']);
});

test(
  'H8 H9: a code is typed, and signing out here keeps the names there, all without scripts',
  IN_ALL,
  async ({ stranger, room }) => {
    const [ada, phone] = [await stranger({ javaScriptEnabled: false }), await stranger({ javaScriptEnabled: false })];
    await ada.page.goto(ada.origin);
    await ada.fillIn('Ada', room);
    await ada.join();
    const { typed } = await codeOf(ada);
    await phone.page.goto(phone.origin);
    await phone.page.getByRole('link', { name: 'I have a code' }).click();
    await phone.page.getByRole('textbox', { name: 'Code' }).fill(typed.toLowerCase().replace('-', ' '));
    await phone.page.keyboard.press('Enter');
    await expect(phone.page.getByRole('main').getByRole('listitem')).toContainText(`Ada in ${room}`);
    await phone.page.getByRole('link', { name: 'Sign out' }).click();
    await expect(phone.page.getByRole('main')).toContainText('You stay signed in on your other device');
    await phone.page.getByRole('button', { name: 'Sign out here' }).click();
    await expect(phone.page.getByRole('status')).toContainText('You are signed out');
    await ada.page.goto(`${ada.origin}/names`);
    await expect(ada.page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  },
);
