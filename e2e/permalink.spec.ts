import { follow, numbered } from './support/coming-back.ts';
import { nextFrames, takeAnchoringAway, watchDrift, watchRows } from './support/reading.ts';
import type { Person } from './support/person.ts';
import { isMessage, type Script } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

async function seqOf(script: Script, text: string): Promise<number> {
  const found = (await script.log()).filter(isMessage).find((one) => one.text === text);
  return found?.seq ?? 0;
}

/** By how many pixels the middle of a message is beside the middle of the transcript. */
async function offCentre(person: Person, text: string): Promise<number> {
  const row = await person.messages.filter({ hasText: text }).boundingBox();
  const screen = await person.transcript.boundingBox();
  if (!row || !screen) return Number.NaN;
  return Math.abs(row.y + row.height / 2 - screen.y - screen.height / 2);
}

const WAYS = [
  ['', false, {}],
  [', with overflow-anchor: none as in WebKit', true, IN_ALL],
] as const;

for (const [way, isTakenAway, when] of WAYS) {
  test(
    `point 20: a link to a message opens the room around it, centred and in focus, and a chip leads back to now${way}`,
    when,
    async ({ script, guest }) => {
      const other = await script('Script');
      await other.say(...numbered(1, 400));
      const ada = await guest('Ada');
      if (isTakenAway) await takeAnchoringAway(ada.page);
      await follow(ada, await seqOf(other, 'message 120'));
      const row = ada.messages.filter({ hasText: /message 120$/u });
      await expect(row).toBeFocused();
      expect(await offCentre(ada, 'message 120')).toBeLessThanOrEqual(1);
      const faults = await watchRows(ada.page);
      const drift = await watchDrift(ada.page);
      await expect(ada.messages.filter({ hasText: /message 80$/u })).toBeAttached();
      await expect(ada.messages.filter({ hasText: /message 190$/u })).toBeAttached();
      await nextFrames(ada.page);
      expect(await drift()).toBeLessThanOrEqual(1);
      await ada.page.getByRole('button', { name: 'Back to now' }).click();
      await expect(ada.texts.last()).toHaveText('message 400');
      await expect(ada.texts.last()).toBeInViewport();
      await expect(ada.composer).toBeFocused();
      await expect(ada.page.getByRole('button', { name: 'Back to now' })).toHaveCount(0);
      expect(await faults()).toEqual([]);
    },
  );
}

test(
  'point 20: what is said while one reads elsewhere is counted there, and one reads on to it without a hole',
  IN_ALL,
  async ({ script, guest }) => {
    const other = await script('Script');
    await other.say(...numbered(1, 200));
    const ada = await guest('Ada');
    await follow(ada, await seqOf(other, 'message 60'));
    await expect(ada.messages.filter({ hasText: /message 60$/u })).toBeFocused();
    const faults = await watchRows(ada.page);
    await other.say(...numbered(201, 203));
    await expect(ada.page.getByRole('button', { name: '3 new messages' })).toBeVisible();
    await ada.transcript.hover();
    await expect(async () => {
      await ada.page.mouse.wheel(0, 1_500);
      await expect(ada.messages.filter({ hasText: /message 203$/u })).toBeInViewport({ timeout: 50 });
    }).toPass({ intervals: [20] });
    expect(await faults()).toEqual([]);
  },
);

test('point 20: a link beyond the end of the room opens it at its end', IN_ALL, async ({ script, guest }) => {
  const other = await script('Script');
  await other.say(...numbered(1, 120));
  const ada = await guest('Ada');
  await follow(ada, 9_999);
  await expect(ada.messages.filter({ hasText: /message 120$/u })).toBeFocused();
  await other.say('and on');
  await expect(ada.texts.last()).toHaveText('and on');
  await expect(ada.texts.last()).toBeInViewport();
});
