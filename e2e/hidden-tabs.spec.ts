// Which of several tabs of one person sends, where nobody looks at some of them.
import type { Page } from '@playwright/test';
import { hide, show } from './support/looking.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/story.ts';

/** As a phone does with a tab that is hidden: nothing runs in it any more. (No protocol suspends a page that is on a screen.) */
async function suspend(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  const isSuspended = new Promise((resolve) => session.once('Debugger.paused', resolve));
  await session.send('Debugger.pause');
  // It stops at the next thing that it does.
  const next = page.evaluate(() => null);
  await isSuspended;
  return async () => {
    await session.send('Debugger.resume');
    await next;
  };
}

/** From its next connection on, nothing that is said in this tab reaches the server. */
async function gag(page: Page): Promise<void> {
  await page.routeWebSocket(/\/socket\.io\//u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (!String(frame).includes('"message"')) server.send(frame);
    });
  });
}

async function openBeside(first: Person): Promise<Person> {
  const second = await first.newTab();
  await second.page.goto(first.page.url());
  return second.isIn();
}

test('S6: a tab that was hidden before the next one was opened lets that one send', async ({
  guest,
  stranger,
  room,
}) => {
  const first = await stranger();
  await gag(first.page);
  await first.appear('Ada', room);
  const bob = await guest('Bob');
  await hide(first.page);
  const second = await openBeside(first);
  await second.send('from the tab that is looked at');
  await expect(bob.texts).toHaveText(['from the tab that is looked at']);
});

test('S6: a tab that is looked at again sends again', async ({ guest, stranger, room }) => {
  const first = await (await stranger()).appear('Ada', room);
  const bob = await guest('Bob');
  const second = await first.newTab();
  await gag(second.page);
  await second.page.goto(first.page.url());
  await second.isIn();
  await hide(first.page);
  await hide(second.page);
  await show(first.page);
  await first.send('back again');
  await expect(bob.texts).toHaveText(['back again']);
});

test('S6: what a suspended tab holds up goes out by the tab that is looked at, once and in order', async ({
  guest,
  watch,
  line,
}) => {
  watch.allowNetworkTrouble();
  const first = await guest('Ada', line);
  const bob = await guest('Bob');
  line.cut();
  await first.send('one');
  await hide(first.page);
  const wake = await suspend(first.page);
  line.mend();
  const second = await openBeside(first);
  await second.send('two');
  await expect(bob.texts).toHaveText(['one', 'two']);
  await wake();
  await hide(second.page);
  await show(first.page);
  await first.send('three');
  for (const person of [first, second, bob]) await expect(person.texts).toHaveText(['one', 'two', 'three']);
});
