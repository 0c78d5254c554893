// The rooms of a session, and what lies over the one that is shown.
import type { Page } from '@playwright/test';
import type { Look } from './looks.ts';
import { newClientId, Script } from './script.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'script' | 'room'> & { readonly server: { readonly origin: string } };

const STILL = { reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } } as const;

/** Called so that the list has to bear it. */
const OTHERS = ['Allotment 12', 'A reading circle for very long novels, on Thursdays', 'שלום'];

export async function statesOfRooms({ stranger, script, room, server }: Parts, look: Look): Promise<void> {
  const ada = await stranger(STILL);
  const { page } = ada;
  for (const other of OTHERS) await ada.appear('Ada', `${room} ${other}`);
  await ada.composer.fill('half a thought');
  await ada.appear('Ada', room);
  await ada.page.getByRole('link', { name: OTHERS[0] ?? '' }).waitFor();
  const [ben, grace] = [await script('Ben'), await script('Grace Hopper-Murray of Arlington')];
  const elsewhere = await Script.connect(server.origin, { name: 'Linus', room: `${room} ${OTHERS[0]}` });
  await elsewhere.say(...Array.from({ length: 120 }, (_, at) => `news ${at}`));
  await ben.say('Who brings the cake?');
  await grace.ask('topic', { room, topic: 'Cake, and who brings it', clientId: newClientId() });
  await expect(page.getByText('set the topic')).toBeVisible();
  await expect(page.getByRole('link', { name: /99\+ unread/u })).toBeVisible();
  await look(page, 'rooms-beside');
  await page.setViewportSize({ width: 768, height: 900 });
  await page.getByRole('button', { name: /^Rooms/u }).click();
  await expect(page.getByRole('navigation', { name: 'Rooms' })).toBeVisible();
  await look(page, 'rooms-drawer');
  await page.keyboard.press('Escape');
  await overTheRoom(page, look);
  await people(page, look);
  elsewhere.close();
}

async function overTheRoom(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('option', { selected: true })).toBeVisible();
  await look(page, 'switcher');
  await page.keyboard.type('nobody is called so');
  await expect(page.getByText('Nothing is called like this')).toBeVisible();
  await look(page, 'switcher-finds-nothing');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Title and topic' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('a/b');
  await page.getByRole('textbox', { name: 'Topic' }).fill('x'.repeat(251));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This is too long.')).toBeVisible();
  await look(page, 'title-and-topic-refused');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function people(page: Page, look: Look): Promise<void> {
  await page.setViewportSize(STILL.viewport);
  await page.getByRole('button', { name: 'Ben', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Write to Ben directly');
  await look(page, 'person');
  await page.getByRole('button', { name: 'Ignore', exact: true }).click();
  await expect(page.getByText('A message of somebody you ignore')).toBeVisible();
  await look(page, 'ignored');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await look(page, 'ignored-shown');
  await page.getByRole('button', { name: /^Grace/u }).click();
  await page.getByRole('button', { name: /^Write to Grace/u }).click();
  await expect(page.getByText(/and you can read/u)).toBeVisible();
  await look(page, 'direct');
}
