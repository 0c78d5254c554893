// What is chosen in this browser, for every room. Where nothing may be remembered, a choice holds for this page.
import { EmojiMemory } from './emoji-memory.ts';
import { THEME_COLOURS, THEME_COOKIE, type Theme, themeNamed } from '../../protocol/theme.ts';

/** system: as the device has it, by day and by night. */
export type ThemeChoice = 'system' | Theme;

const PEOPLE_KEY = 'snug:people';
const PREVIEW_KEY = 'snug:preview';
/** As long as browsers keep any cookie. */
const COOKIE_SECONDS = 400 * 24 * 60 * 60;

export class Choices {
  readonly emoji: EmojiMemory;
  readonly #document: Document;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #forgotten = new Map<string, string>();

  constructor(document: Document, storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#document = document;
    this.#storage = storage;
    this.emoji = new EmojiMemory(storage);
  }

  /** The server wrote it into the page, by the cookie. */
  get theme(): ThemeChoice {
    return themeNamed(this.#document.documentElement.dataset['theme']) ?? 'system';
  }

  /** A cookie, so that the next page comes in these colours and does not flash in others first. */
  chooseTheme(choice: ThemeChoice): void {
    const { documentElement, location } = this.#document;
    const theme = choice === 'system' ? undefined : choice;
    if (theme === undefined) delete documentElement.dataset['theme'];
    else documentElement.dataset['theme'] = theme;
    this.#paintAround(theme);
    const seconds = theme === undefined ? 0 : COOKIE_SECONDS;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    this.#document.cookie = `${THEME_COOKIE}=${theme ?? ''}; path=/; max-age=${seconds}; samesite=lax${secure}`;
  }

  /** Whether the list of people stands beside the transcript where there is room for it. */
  get isPeopleShown(): boolean {
    return this.#isShown(PEOPLE_KEY);
  }

  showPeople(isShown: boolean): void {
    this.#show(PEOPLE_KEY, isShown);
  }

  /** Whether one sees what the marks make of what one writes. */
  get isPreviewShown(): boolean {
    return this.#isShown(PREVIEW_KEY);
  }

  showPreview(isShown: boolean): void {
    this.#show(PREVIEW_KEY, isShown);
  }

  #isShown(key: string): boolean {
    try {
      return (this.#forgotten.get(key) ?? this.#storage.getItem(key)) !== 'hidden';
    } catch {
      return true;
    }
  }

  #show(key: string, isShown: boolean): void {
    const value = isShown ? 'shown' : 'hidden';
    try {
      this.#storage.setItem(key, value);
    } catch {
      // Forbidden or full: it holds for this page.
      this.#forgotten.set(key, value);
    }
  }

  #paintAround(theme: Theme | undefined): void {
    this.#setMeta('meta[name="color-scheme"]', theme ?? 'light dark');
    this.#setMeta('meta[name="theme-color"][media*="light"]', THEME_COLOURS[theme ?? 'light']);
    this.#setMeta('meta[name="theme-color"][media*="dark"]', THEME_COLOURS[theme ?? 'dark']);
  }

  #setMeta(selector: string, content: string): void {
    this.#document.querySelector(selector)?.setAttribute('content', content);
  }
}
