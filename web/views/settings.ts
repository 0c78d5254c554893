// What is set in this browser, for every room and in all its tabs at once.
import type { Address } from '../../protocol/ids.ts';
import type { Choices, ThemeChoice } from './choices.ts';
import type { EnterKeySetting } from './enter-key.ts';
import { KeptChoice } from './kept-choice.ts';

/** How close the rows stand. */
export type Density = 'comfortable' | 'compact';
/** Of which messages something is told. */
export type Told = 'all' | 'mentions' | 'none';
export type OnOff = 'off' | 'on';

const PREFIX = 'snug:';
const ROOM_PREFIX = `${PREFIX}notify `;

export interface SettingsParts {
  readonly document: Document;
  readonly storage: () => Pick<Storage, 'getItem' | 'setItem'>;
  readonly choices: Pick<Choices, 'theme' | 'chooseTheme'>;
  readonly enterKey: EnterKeySetting;
  /** Something is set otherwise, here or in another tab: what shows it is to be drawn anew. */
  readonly changed: () => void;
}

export class Settings {
  readonly #parts: SettingsParts;
  readonly density: KeptChoice<Density>;
  /** What a screen reader is told of unasked (point 24). */
  readonly announced: KeptChoice<Told>;
  readonly notifications: KeptChoice<OnOff>;
  /** Whether a notification says what was written. */
  readonly words: KeptChoice<'shown' | 'hidden'>;
  readonly sound: KeptChoice<OnOff>;
  /** The page knows by the cookie which theme it has: this tells the other tabs. */
  readonly #theme: KeptChoice<ThemeChoice>;
  readonly #rooms = new Map<Address, KeptChoice<Told>>();

  constructor(parts: SettingsParts) {
    this.#parts = parts;
    this.density = this.#kept('density', ['comfortable', 'compact']);
    this.announced = this.#kept('announced', ['all', 'mentions', 'none']);
    this.notifications = this.#kept('notifications', ['off', 'on']);
    this.words = this.#kept('words', ['shown', 'hidden']);
    this.sound = this.#kept('sound', ['off', 'on']);
    this.#theme = this.#kept('theme', ['system', 'light', 'dark']);
    this.#apply();
  }

  get enterKey(): EnterKeySetting {
    return this.#parts.enterKey;
  }

  get theme(): ThemeChoice {
    return this.#parts.choices.theme;
  }

  chooseTheme(choice: ThemeChoice): void {
    this.#parts.choices.chooseTheme(choice);
    this.#theme.choose(choice);
  }

  /** Point 25: which messages of a room call somebody who looks elsewhere. */
  ofRoom(room: Address): KeptChoice<Told> {
    const known = this.#rooms.get(room) ?? this.#kept(`notify ${room}`, ['mentions', 'all', 'none']);
    this.#rooms.set(room, known);
    return known;
  }

  /** Another tab has kept something under this key; null: it has forgotten everything. */
  keptElsewhere(key: string | null): void {
    if (key !== null && !this.#isOurs(key)) return;
    if (key === this.#theme.key) this.#parts.choices.chooseTheme(this.#theme.value);
    this.#changed();
  }

  #isOurs(key: string): boolean {
    const { density, announced, notifications, words, sound, enterKey } = this;
    const all = [density, announced, notifications, words, sound, enterKey, this.#theme];
    return key.startsWith(ROOM_PREFIX) || all.some((kept) => kept.key === key);
  }

  #kept<Value extends string>(name: string, values: readonly [Value, ...Value[]]): KeptChoice<Value> {
    return new KeptChoice(this.#parts.storage, `${PREFIX}${name}`, values, () => this.#changed());
  }

  #changed(): void {
    this.#apply();
    this.#parts.changed();
  }

  #apply(): void {
    this.#parts.document.documentElement.dataset['density'] = this.density.value;
  }
}
