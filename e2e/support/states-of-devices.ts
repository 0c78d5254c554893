// Every state of the pages by which one takes one's name along.
import type { Look } from './looks.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'room' | 'watch'>;

const STILL = { reducedMotion: 'reduce' } as const;

export async function statesOfDevices({ stranger, room, watch }: Parts, look: Look): Promise<void> {
  watch.allow(/status of 422/u);
  const ada = await (await stranger(STILL)).appear('Ada', room);
  const phone = await stranger(STILL);
  await ada.page.goto(`${ada.origin}/devices`);
  await look(ada.page, 'devices-one');
  await ada.page.getByRole('button', { name: 'Show a link and a code' }).click();
  await look(ada.page, 'code');
  const link = await ada.page.locator('#link').innerText();
  await phone.page.goto(link);
  await look(phone.page, 'come-along-by-a-link');
  await phone.page.goto(`${phone.origin}/come-along`);
  await look(phone.page, 'come-along-by-a-code');
  await phone.page.getByRole('textbox', { name: 'Code' }).fill('0000-0000');
  await phone.page.getByRole('button', { name: 'Come along' }).click();
  await expect(phone.page.getByText('This code was used already')).toBeVisible();
  await look(phone.page, 'come-along-wrong-code');
  await phone.appear('Grace', room);
  await phone.page.goto(link);
  await look(phone.page, 'come-along-with-names');
  await phone.page.getByRole('button', { name: 'Come along' }).click();
  await expect(phone.page.getByRole('heading', { name: 'Your names and rooms' })).toBeVisible();
  await ada.page.goto(`${ada.origin}/devices`);
  await look(ada.page, 'devices-two');
  await ada.page.goto(`${ada.origin}/sign-out`);
  await look(ada.page, 'sign-out-with-other-devices');
}
