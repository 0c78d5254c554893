import { KeptChoice } from './kept-choice.ts';

/** What Enter does in the composer of a page with a keyboard; Shift+Enter does the other. */
export type EnterKey = 'sends' | 'breaks';

/** Remembered by this browser for all rooms. */
export class EnterKeySetting extends KeptChoice<EnterKey> {
  constructor(storage: () => Pick<Storage, 'getItem' | 'setItem'>, chosen?: () => void) {
    super(storage, 'snug:enter', ['sends', 'breaks'], chosen);
  }
}
