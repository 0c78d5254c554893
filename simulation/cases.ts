import type { Case } from './case.ts';
import { NODE_CASES } from './node-cases.ts';
import { PAGE_CASES } from './page-cases.ts';
import { REWIND_CASES } from './rewind-cases.ts';

/** The interleavings that a careful reviewer would try. */
export const CASES: readonly Case[] = [...PAGE_CASES, ...NODE_CASES, ...REWIND_CASES];
