import { BATCH_MUTATIONS } from './batch-mutations.ts';
import { BUS_MUTATIONS } from './bus-mutations.ts';
import { CROWD_MUTATIONS } from './crowd-mutations.ts';
import { LOG_MUTATIONS } from './log-mutations.ts';
import { MESSAGE_MUTATIONS } from './message-mutations.ts';
import type { Mutation } from './mutation.ts';
import { PAGE_MUTATIONS } from './page-mutations.ts';
import { PRESENCE_MUTATIONS } from './presence-mutations.ts';
import { READING_MUTATIONS } from './reading-mutations.ts';
import { STORE_MUTATIONS } from './store-mutations.ts';
import { SEARCH_MUTATIONS } from './search-mutations.ts';
import { TESTED_MUTATIONS } from './tested-mutations.ts';

/** Each rule of delivery without which something is lost, doubled, out of order, or for ever late. */
export const MUTATIONS: readonly Mutation[] = [
  ...STORE_MUTATIONS,
  ...MESSAGE_MUTATIONS,
  ...READING_MUTATIONS,
  ...LOG_MUTATIONS,
  ...PRESENCE_MUTATIONS,
  ...CROWD_MUTATIONS,
  ...PAGE_MUTATIONS,
  ...BATCH_MUTATIONS,
  ...BUS_MUTATIONS,
  ...SEARCH_MUTATIONS,
  ...TESTED_MUTATIONS,
];
