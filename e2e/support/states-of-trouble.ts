// States that few people ever see: too many at once, a browser that keeps nothing, a page that is too old, no scripts, …
import type { Look } from './looks.ts';
import { scrollUp } from './reading.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'script' | 'room' | 'watch' | 'line' | 'ownServer'>;

const STILL = { reducedMotion: 'reduce', viewport: { width: 768, height: 900 } } as const;
const TOUCH = { ...STILL, hasTouch: true, isMobile: true } as const;

export async function statesOfTrouble(parts: Parts, look: Look): Promise<void> {
  parts.watch.allowNetworkTrouble();
  await tooManyAtOnce(parts, look);
  await keepsNothing(parts, look);
  await outdated(parts, look);
  await byTouch(parts, look);
  await behind(parts, look);
  await saving(parts, look);
}

async function tooManyAtOnce({ ownServer, stranger, watch }: Parts, look: Look): Promise<void> {
  watch.allow(/status of 429/u);
  const server = await ownServer({ SNUG_LIMITS: 'members=1/1' });
  await (await stranger({}, server)).appear('Ada', 'tea');
  const { page } = await stranger(STILL, server);
  await page.goto(server.origin);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ben');
  await page.getByRole('textbox', { name: 'Room' }).fill('tea');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('alert')).toContainText('Too many came in');
  await look(page, 'login-too-many-at-once');
}

async function keepsNothing({ stranger, room }: Parts, look: Look): Promise<void> {
  const ada = await stranger(STILL);
  await ada.page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('Forbidden here.', 'SecurityError');
      },
    });
  });
  await ada.appear('Ada', room);
  await ada.send('said and not kept');
  await expect(ada.page.getByText('This browser keeps nothing for Snug')).toBeVisible();
  await look(ada.page, 'keeps-nothing');
}

async function outdated({ stranger, room }: Parts, look: Look): Promise<void> {
  const dora = await stranger(STILL);
  // Stands for a page of an older version, which a browser has kept.
  await dora.page.addInitScript(() => {
    globalThis.WebSocket = class Older extends WebSocket {
      override send(data: string): void {
        super.send(data.replace(/"protocol":\d+/u, '"protocol":1'));
      }
    };
  });
  const form = { name: 'Dora', room };
  const { origin } = dora;
  const answer = await dora.context.request.post(origin, { form, headers: { origin }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  await dora.page.goto(`${origin}/chat/${encodeURIComponent(room)}`);
  await expect(dora.page.getByRole('link', { name: 'Load the page again' })).toBeVisible();
  await look(dora.page, 'outdated');
}

/** Not for axe, which is a script. */
export async function stateWithoutScripts(
  { stranger, room }: Pick<Parts, 'stranger' | 'room'>,
  look: Look,
): Promise<void> {
  const ada = await stranger({ ...STILL, javaScriptEnabled: false });
  await ada.page.goto(ada.origin);
  await ada.fillIn('No Script', room);
  await ada.join();
  await expect(ada.page.getByText(/needs JavaScript|scripts/u).first()).toBeVisible();
  await look(ada.page, 'room-without-scripts');
}

async function byTouch({ stranger, room }: Parts, look: Look): Promise<void> {
  const { page } = await (await stranger(TOUCH)).appear('Ada by touch', room);
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menuitem', { name: 'Invite people' })).toBeVisible();
  await look(page, 'menu-by-touch');
}

/** Far up in a long room, and what is newer does not come. */
async function behind({ stranger, script, room, line }: Parts, look: Look): Promise<void> {
  const linus = await script('Linus');
  for (let at = 0; at < 1_700; at += 100)
    await linus.say(...Array.from({ length: 100 }, (_, i) => `line ${at + i + 1}`));
  const ada = await (await stranger(STILL, line)).appear('Ada far behind', room);
  const start = ada.page.getByRole('region', { name: 'Start of the room' });
  await expect(async () => {
    await scrollUp(ada, 20_000);
    await expect(start).toBeInViewport({ timeout: 100 });
  }).toPass();
  line.cut();
  await ada.send('from down here');
  await expect(ada.page.getByText('Newer messages could not be loaded.')).toBeVisible();
  await look(ada.page, 'newer-messages-in-trouble');
  line.mend();
}

async function saving({ stranger, room, line }: Parts, look: Look): Promise<void> {
  const ada = await (await stranger(STILL, line)).appear('Ada who edits', room);
  await ada.send('a word');
  await expect(ada.texts.last()).toHaveText('a word');
  // In the log: the server knows it, and the edit goes to where it is.
  await expect(ada.page.locator('.message.waiting, .message.stored')).toHaveCount(0);
  line.cut();
  await ada.composer.press('ArrowUp');
  await ada.composer.fill('a better word');
  await ada.composer.press('Enter');
  await expect(ada.page.getByText('Saving your change')).toBeVisible();
  await look(ada.page, 'saving-a-change');
  line.mend();
}
