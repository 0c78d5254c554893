// What people write with marks, and what they write it with.
import type { BrowserContextOptions, Page } from '@playwright/test';
import type { Look } from './looks.ts';
import { scrollUp } from './reading.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'script' | 'room'>;

const STILL = {
  reducedMotion: 'reduce',
  viewport: { width: 768, height: 900 },
  permissions: ['clipboard-read', 'clipboard-write'],
} satisfies BrowserContextOptions;

export const CODE = `// How long the kettle takes.
export function minutes(litres: number): number {
  const watts = 2_000;
  return (litres * 4_186 * 80) / watts / 60;
}

console.log(\`One litre: \${minutes(1).toFixed(1)} minutes, which is longer than anybody in this room would like to wait\`);`;

const TALK: readonly (readonly ['Linus' | 'Grace', string])[] = [
  ['Linus', 'The plan is **almost** done, *really*, and ~~tomorrow~~ **today** we only need `npm start`.'],
  [
    'Grace',
    'Still to be done:\n- the posters\n  - print them\n  - find tape\n- the key to the hall\n\nIn this order:\n1. call Mary\n2. carry the piano\n10. sleep',
  ],
  [
    'Grace',
    '> Is the street closed again?\n> > It was on Monday.\nNot that I know. See [the notice](https://example.org/streets) or https://example.org/a/very/long/address/that/goes/on/and/on.',
  ],
  ['Linus', `Measured it:\n\`\`\`ts\n${CODE}\n\`\`\`\nSo: no.`],
  ['Grace', 'The murderer is ||the butler, as always, and he did it with the plum cake||, do not tell.'],
  ['Linus', '/me puts the kettle on'],
  ['Linus', '🎉🫖'],
  ['Grace', 'שלום **לכולם**, נפגשים ב־18:00\n- תה\n- עוגה'],
  ['Grace', 'これは**「大事」**です。:tada:'],
];

/** Everything that marks make of a text is in the document, and what one writes it with. */
export async function statesOfMarkup({ stranger, script, room }: Parts, look: Look): Promise<void> {
  const ada = await stranger(STILL);
  const { page, composer } = ada;
  await ada.appear('Ada', room);
  const [linus, grace] = [await script('Linus'), await script('Grace')];
  for (const [who, text] of TALK) await (who === 'Linus' ? linus : grace).say(text);
  await expect(ada.texts.last()).toContainText('🎉');
  await expect.poll(() => coloursIn(page)).toBeGreaterThan(10);
  await ada.texts.filter({ hasText: 'Measured it' }).scrollIntoViewIfNeeded();
  await look(page, 'markup');
  await scrollUp(ada, 1_000_000);
  await look(page, 'markup-above');
  await page.getByRole('button', { name: 'Spoiler. Show it' }).click();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(ada.transcript.getByText('Copied.')).toBeVisible();
  await ada.texts.filter({ hasText: 'The murderer' }).scrollIntoViewIfNeeded();
  await look(page, 'markup-spoiler-shown');
  await page.getByRole('button', { name: 'Formatting' }).click();
  await look(page, 'composer-formatting');
  await composer.fill('I **would** say:\n- `tea` first\n- then ||cake||');
  await look(page, 'composer-preview');
  await composer.fill(`Look:\n\`\`\`ts\n${CODE}\n\`\`\`\n> and **this**\n\n1. one\n2. two\n3. three`);
  await look(page, 'composer-preview-long');
  await page.getByRole('button', { name: 'Preview' }).click();
  await look(page, 'composer-preview-away');
  await page.getByRole('button', { name: 'Preview' }).click();
}

/** How many pieces of code have a colour. */
export async function coloursIn(page: Page): Promise<number> {
  return page.evaluate(() => {
    let count = 0;
    CSS.highlights.forEach((highlight) => (count += highlight.size));
    return count;
  });
}

/** Everything that is offered while one writes. */
export async function statesOfCompletion({ stranger, script, room }: Parts, look: Look): Promise<void> {
  const ada = await stranger(STILL);
  const { page, composer } = ada;
  await ada.appear('Ada', room);
  const linus = await script('Linus');
  await script('Grace of a name that is so long');
  await linus.say('good morning');
  await expect(ada.texts).toHaveText(['good morning']);
  const offers = page.getByRole('option');
  await composer.fill('');
  await composer.pressSequentially('hello @');
  await expect(offers).toHaveCount(2);
  await look(page, 'completion-people');
  await composer.fill('');
  await composer.pressSequentially(':face');
  await expect(offers).toHaveCount(6);
  await composer.press('ArrowDown');
  await look(page, 'completion-emoji');
  await composer.fill('');
  await composer.pressSequentially('/');
  await expect(offers).toHaveCount(5);
  await look(page, 'completion-commands');
  await composer.fill('/shrug');
  await composer.press('Enter');
  await expect(page.getByText('There is no command')).toBeVisible();
  await look(page, 'command-wrong');
  await composer.fill('/help');
  await composer.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'writing-help');
}
