/** What one reacts with, and in which skin. Where nothing may be remembered, it holds for this page. */
export class EmojiMemory {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #forgotten: Kept | undefined;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  /** Those used last, newest first; filled up with what most people use. */
  recent(most: number): readonly string[] {
    return [...new Set([...this.#kept.recent, ...USUAL])].slice(0, most);
  }

  used(emoji: string): void {
    const { recent, tone } = this.#kept;
    this.#keep({ tone, recent: [emoji, ...recent.filter((other) => other !== emoji)].slice(0, MOST_RECENT) });
  }

  /** 0: as drawn, yellow; 1 to 5: from the lightest to the darkest. */
  get tone(): number {
    return this.#kept.tone;
  }

  chooseTone(tone: number): void {
    this.#keep({ ...this.#kept, tone });
  }

  get #kept(): Kept {
    try {
      return this.#forgotten ?? parse(this.#storage.getItem(KEY));
    } catch {
      return NOTHING;
    }
  }

  #keep(kept: Kept): void {
    try {
      this.#storage.setItem(KEY, JSON.stringify(kept));
    } catch {
      this.#forgotten = kept;
    }
  }
}

interface Kept {
  readonly recent: readonly string[];
  readonly tone: number;
}

const KEY = 'snug:emoji';
const NOTHING: Kept = { recent: [], tone: 0 };
const USUAL = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'];
/** Two rows of the picker. */
const MOST_RECENT = 16;
export const TONES = 5;

// Other pages of this origin, and other versions of this one, may have written anything.
function parse(text: string | null): Kept {
  const found: unknown = JSON.parse(text ?? '{}');
  if (typeof found !== 'object' || found === null) return NOTHING;
  const recent = 'recent' in found && Array.isArray(found.recent) ? found.recent : [];
  const tone = 'tone' in found && typeof found.tone === 'number' ? found.tone : 0;
  return {
    recent: recent.filter((emoji) => typeof emoji === 'string' && emoji.length <= MOST_UNITS).slice(0, MOST_RECENT),
    tone: Number.isInteger(tone) && tone >= 0 && tone <= TONES ? tone : 0,
  };
}

/** No emoji is longer. */
const MOST_UNITS = 40;
