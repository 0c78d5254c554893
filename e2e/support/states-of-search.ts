// Every state of the search, one after the other, as people come to it.
import type { Locator } from '@playwright/test';
import type { Look } from './looks.ts';
import type { Person } from './person.ts';
import { isMessage, newClientId, type Script } from './script.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'script' | 'room' | 'watch' | 'line'>;

export function searchPanel({ page }: Person): Locator {
  return page.getByRole('complementary', { name: 'Find messages' });
}

export async function openSearch(person: Person): Promise<Locator> {
  await person.page.getByRole('button', { name: 'Search', exact: true }).click();
  const panel = searchPanel(person);
  await expect(panel.getByRole('searchbox')).toBeFocused();
  return panel;
}

/** Waits for the answer to just this. */
export async function look(panel: Locator, text: string, result: string | RegExp): Promise<void> {
  await panel.getByRole('searchbox').fill(text);
  await panel.getByRole('searchbox').press('Enter');
  await expect(panel.getByRole('status')).toHaveText(result);
}

const TALK = [
  'The kettle is on, who is in?',
  'About the piano: my neighbour has a van, two belts and a cousin who did this for a living. They could come on Thursday after six, if the street is not closed again; then the piano is in the hall by seven.',
  'Das Straßenfest ist am Samstag, der Flügel muss vorher weg',
  '我昨天去了北京大学图书馆, ピアノのコンサート',
  'שלום, the PIANOS are out of tune: https://example.org/a/very/long/address/that/goes/on/and/on/all?really=none',
  '**Pianissimo**, please: `piano.play(0.1)` and ||a surprise||',
];

export async function statesOfSearch(parts: Parts, see: Look): Promise<void> {
  const { stranger, script, room, watch, line } = parts;
  watch.allowNetworkTrouble();
  const ada = await stranger({ reducedMotion: 'reduce', viewport: { width: 768, height: 900 } }, line);
  await ada.appear('Ada', room);
  const linus = await script('Linus');
  await linus.say(...TALK, ...Array.from({ length: 30 }, (_, at) => `and another thing, number ${at + 1}`));
  await mention(linus, room);
  await expect(ada.texts.last()).toContainText('thank you');
  const panel = await openSearch(ada);
  await see(ada.page, 'search-begun');
  await look(panel, 'piano', '3 results.');
  await see(ada.page, 'search-results');
  await panel.getByRole('listitem').first().getByRole('button').focus();
  await see(ada.page, 'search-result-in-focus');
  await panel.getByRole('radio', { name: 'All my rooms' }).check();
  await look(panel, 'another', 'The newest 20 results. There are more.');
  await see(ada.page, 'search-in-all-rooms');
  await look(panel, 'harpsichord', 'Nothing was found.');
  await see(ada.page, 'search-without-results');
  await panel.getByRole('tab', { name: 'Mentions of me' }).click();
  await expect(panel.getByRole('status')).toHaveText('1 result.');
  await see(ada.page, 'search-mentions');
  line.cut();
  await panel.getByRole('tab', { name: 'Search' }).click();
  await look(panel, 'kettle', /^There is no connection/u);
  await see(ada.page, 'search-without-a-connection');
}

async function mention(linus: Script, room: string): Promise<void> {
  const { here } = await linus.ask('here', { room });
  const ada = here.find(({ name }) => name === 'Ada');
  const items = [{ clientId: newClientId(), text: '@Ada thank you for the cake!', mentions: ada ? [ada.id] : [] }];
  await linus.ask('message', { room, items });
}

export async function seqOf(script: Script, text: string): Promise<number> {
  return (await script.log()).filter(isMessage).find((one) => one.text.startsWith(text))?.seq ?? 0;
}
