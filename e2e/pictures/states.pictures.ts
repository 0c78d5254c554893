import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inEach, type Look, type View } from '../support/looks.ts';
import { statesOfDevices } from '../support/states-of-devices.ts';
import { statesOfLogin, statesOfParting } from '../support/states-of-login.ts';
import { statesOfMessageActs } from '../support/states-of-message-acts.ts';
import { statesOfReading } from '../support/states-of-reading.ts';
import { statesOfCompletion, statesOfMarkup } from '../support/states-of-markup.ts';
import { statesOfSearch } from '../support/states-of-search.ts';
import { statesOfConnection, statesOfMenus, statesOfRoom, statesOfSending } from '../support/states-of-room.ts';
import { statesOfRooms } from '../support/states-of-rooms.ts';
import { stateWithoutScripts, statesOfTrouble } from '../support/states-of-trouble.ts';
import { test } from '../support/story.ts';

const FOLDER = fileURLToPath(new URL('../../test-results/screenshots/', import.meta.url));

const VIEWS: readonly View[] = (['light', 'dark'] as const).flatMap((theme) => [
  { theme, width: 360, height: 740 },
  { theme, width: 768, height: 900 },
  { theme, width: 1280, height: 800 },
]);

const take: Look = async (page, state) => {
  mkdirSync(FOLDER, { recursive: true });
  await inEach(page, VIEWS, async ({ theme, width }) => {
    await page.screenshot({ path: join(FOLDER, `${state}-${theme}-${width}.png`) });
  });
};

test('the pages around the room', async ({ stranger, guest, room, watch }) => {
  await statesOfLogin({ stranger, guest, room, watch }, take);
});

test('names, parting, errors', async ({ stranger, guest, room, watch }) => {
  await statesOfParting({ stranger, guest, room, watch }, take);
  await statesOfDevices({ stranger, room, watch }, take);
});

for (const states of [
  statesOfRoom,
  statesOfMenus,
  statesOfSending,
  statesOfConnection,
  statesOfMarkup,
  statesOfReading,
  statesOfCompletion,
  statesOfSearch,
  statesOfMessageActs,
]) {
  test(states.name, async ({ stranger, script, room, watch, line }) => {
    await states({ stranger, script, room, watch, line }, take);
  });
}

test('the other rooms', async ({ stranger, script, room, server }) => {
  await statesOfRooms({ stranger, script, room, server }, take);
});

test('what few people ever see', async ({ stranger, script, room, watch, line, ownServer }) => {
  await statesOfTrouble({ stranger, script, room, watch, line, ownServer }, take);
  await stateWithoutScripts({ stranger, room }, take);
});
