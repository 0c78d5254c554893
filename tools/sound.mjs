// Writes web/sounds/call.wav, the sound that goes with a notification: two soft tones, made here and so nobody's. After a change run
// `node tools/sound.mjs`; sound.test.ts says when that was forgotten.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Enough for these tones, and a small file. */
const RATE = 11_025;
/** In Hz and s: a fourth upwards, each tone dying away. */
const TONES = [
  { pitch: 587.33, from: 0, lasts: 0.18 },
  { pitch: 783.99, from: 0.1, lasts: 0.28 },
];
const LENGTH = 0.38;
/** Of what a file can hold: nobody is to start. */
const LOUDNESS = 0.28;

/** @param {number} time in s */
function level(time) {
  return TONES.reduce((sum, { pitch, from, lasts }) => {
    const at = time - from;
    if (at < 0 || at > lasts) return sum;
    // It begins within 8 ms and dies away: a tone that is cut clicks.
    const swell = Math.min(1, at / 0.008) * (1 - at / lasts) ** 2;
    return sum + LOUDNESS * swell * Math.sin(2 * Math.PI * pitch * at);
  }, 0);
}

/** @returns {Buffer} a WAV file, mono, 8 bits */
export function soundFile() {
  const samples = Buffer.from(
    Array.from({ length: Math.round(LENGTH * RATE) }, (_, index) => 128 + Math.round(127 * level(index / RATE))),
  );
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  // How long the format is; samples and bytes a second; how many bytes follow.
  head.writeUInt32LE(16, 16);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt32LE(samples.length, 40);
  // Plain samples, one channel, a byte for each, of 8 bits.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  return Buffer.concat([head, samples]);
}

export const SOUND = fileURLToPath(new URL('../web/sounds/call.wav', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SOUND, soundFile());
