import type { Fault } from './fault.ts';
import { browser } from './browser.ts';
import { clockJump } from './clock-jump.ts';
import { damagedDatabase } from './damaged-database.ts';
import { damagedLog } from './damaged-log.ts';
import { failedMigration } from './failed-migration.ts';
import { failingDisk } from './failing-disk.ts';
import { fewDescriptors } from './few-descriptors.ts';
import { flapping } from './flapping.ts';
import { floods } from './floods.ts';
import { fullDisk } from './full-disk.ts';
import { halfOpen } from './half-open.ts';
import { kill } from './kill.ts';
import { littleMemory } from './little-memory.ts';
import { powerCut } from './power-cut.ts';
import { restart } from './restart.ts';
import { restoredBackup } from './restored-backup.ts';
import { shutDown } from './shut-down.ts';
import { slowReader } from './slow-reader.ts';
import { throwing } from './throwing.ts';

/** In the order of their numbers. */
export const ALL_FAULTS: readonly Fault[] = [
  kill,
  powerCut,
  failingDisk,
  fullDisk,
  damagedDatabase,
  damagedLog,
  clockJump,
  halfOpen,
  slowReader,
  floods,
  flapping,
  restart,
  shutDown,
  failedMigration,
  restoredBackup,
  fewDescriptors,
  littleMemory,
  throwing,
  browser,
];
