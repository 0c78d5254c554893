import { BATCH_CASES } from './batch-cases.ts';
import { BUS_CASES } from './bus-cases.ts';
import type { Case } from './case.ts';
import { CHANGE_CASES } from './change-cases.ts';
import { CROWD_CASES } from './crowd-cases.ts';
import { DISK_CASES } from './disk-cases.ts';
import { NODE_CASES } from './node-cases.ts';
import { PAGE_CASES } from './page-cases.ts';
import { PRESENCE_CASES } from './presence-cases.ts';
import { RETURN_CASES } from './return-cases.ts';
import { REWIND_CASES } from './rewind-cases.ts';
import { TAB_CASES } from './tab-cases.ts';

/** The interleavings that a careful reviewer would try. */
export const CASES: readonly Case[] = [
  ...PAGE_CASES,
  ...TAB_CASES,
  ...RETURN_CASES,
  ...NODE_CASES,
  ...CHANGE_CASES,
  ...BATCH_CASES,
  ...BUS_CASES,
  ...PRESENCE_CASES,
  ...DISK_CASES,
  ...CROWD_CASES,
  ...REWIND_CASES,
];
