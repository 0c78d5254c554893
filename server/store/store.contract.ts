// What the Store interface means. Every engine passes it.
import { afterAll, beforeAll, describe } from 'vitest';
import { aroundContract } from './contract/around.contract.ts';
import { changesContract } from './contract/changes.contract.ts';
import { crowdContract } from './contract/crowd.contract.ts';
import { directContract } from './contract/direct.contract.ts';
import { earlierContract } from './contract/earlier.contract.ts';
import { logContract } from './contract/log.contract.ts';
import { mentionsContract } from './contract/mentions.contract.ts';
import { namesContract } from './contract/names.contract.ts';
import { pinsContract } from './contract/pins.contract.ts';
import { presenceContract } from './contract/presence.contract.ts';
import { readingContract } from './contract/reading.contract.ts';
import { repliesContract } from './contract/replies.contract.ts';
import { roomsContract } from './contract/rooms.contract.ts';
import { type OpenEngine, Scene } from './contract/scene.contract.ts';
import { searchFiltersContract } from './contract/search-filters.contract.ts';
import { searchContract } from './contract/search.contract.ts';
import { devicesContract } from './contract/devices.contract.ts';
import { sessionsContract } from './contract/sessions.contract.ts';
import { titleContract } from './contract/title.contract.ts';
import { unreadContract } from './contract/unread.contract.ts';

/** One engine serves the whole suite; each test has rooms of its own. */
export function storeContract(name: string, open: OpenEngine): void {
  describe(`${name} keeps the store's promises`, () => {
    let scene: Scene | undefined;
    const given = (): Scene => {
      if (!scene) throw new Error('The engine is not open.');
      return scene;
    };
    beforeAll(async () => {
      scene = new Scene(await open());
    });
    afterAll(async () => {
      await scene?.store.close();
    });
    logContract(given);
    changesContract(given);
    repliesContract(given);
    earlierContract(given);
    titleContract(given);
    aroundContract(given);
    directContract(given);
    mentionsContract(given);
    pinsContract(given);
    readingContract(given);
    unreadContract(given);
    namesContract(given);
    roomsContract(given);
    sessionsContract(given);
    devicesContract(given);
    crowdContract(given);
    presenceContract(given);
    searchContract(given);
    searchFiltersContract(given);
  });
}
