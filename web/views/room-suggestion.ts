const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
/** 70 possible syllables: nine of them are 55 bits, which nobody tries out against a server that counts tries. */
const SYLLABLES = 9;
/** A name in three words can be said over the telephone. */
const PER_WORD = 3;

/** A room's name that can be spoken and not be guessed. `random` fills an array with numbers fit for secrets. */
export function suggestRoom(random: (into: Uint32Array<ArrayBuffer>) => Uint32Array): string {
  const syllables = [...random(new Uint32Array(SYLLABLES))].map(syllable);
  const words = Array.from({ length: SYLLABLES / PER_WORD }, (_, word) =>
    syllables.slice(word * PER_WORD, (word + 1) * PER_WORD).join(''),
  );
  return words.join('-');
}

function syllable(number: number): string {
  const vowel = VOWELS.charAt(number % VOWELS.length);
  return CONSONANTS.charAt(Math.floor(number / VOWELS.length) % CONSONANTS.length) + vowel;
}
