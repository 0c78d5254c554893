import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SOUND, soundFile } from './sound.mjs';

test('the sound of a notification is the one that tools/sound.mjs makes, and small', () => {
  const file = readFileSync(SOUND);
  expect(file.equals(soundFile())).toBe(true);
  expect(file.length).toBeLessThan(5_000);
});
