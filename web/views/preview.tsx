import type { VNode } from 'preact';
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import type { Author } from '../../protocol/entries.ts';
import { mentionedIn } from '../completion/mentioned.ts';
import { parse } from '../markup/parse.ts';
import { plainText } from '../markup/plain-text.ts';
import type { Choices } from './choices.ts';
import { LaterIcon } from './later-icon.tsx';
import { knownEmoji, loadEmoji } from './known-emoji.ts';
import { MessageText } from './message-text.tsx';

export interface PreviewProps {
  /** What is being written. */
  readonly text: string;
  readonly name: string;
  readonly colour: string;
  readonly choices: Pick<Choices, 'isPreviewShown' | 'showPreview'>;
  /** Whom the text may name. */
  readonly people: () => readonly Author[];
}

/** What a text will become, where it will not be as it is typed. */
export function Preview({ text, name, colour, choices, people }: PreviewProps): VNode | null {
  const [, draw] = useReducer<number, undefined>((count) => count + 1, 0);
  const callsEmoji = knownEmoji() === undefined && /:[a-z0-9_+-]+:/u.test(text);
  useEffect(() => {
    if (callsEmoji) loadEmoji(() => draw(undefined));
  }, [callsEmoji]);
  // The same list for as long as it says the same: the text below is drawn anew with another one.
  const named = useMemo(() => mentionedIn(text, people()), [text]);
  if (!becomesAnother(text) && named.length === 0) return null;
  const isShown = choices.isPreviewShown;
  return (
    <section class="preview" aria-label="Preview">
      <button
        type="button"
        class="quiet"
        aria-expanded={isShown}
        onClick={() => {
          choices.showPreview(!isShown);
          draw(undefined);
        }}
      >
        <LaterIcon name={isShown ? 'eye' : 'spoiler'} />
        Preview
      </button>
      {isShown ? (
        // What can be scrolled must be reached by the keyboard.
        <div class="previewed" role="group" aria-label="What it will look like" tabIndex={0}>
          <MessageText {...{ text, name, colour }} named={named} isEdited={false} sendingSince={undefined} />
        </div>
      ) : null}
    </section>
  );
}

function becomesAnother(text: string): boolean {
  const shown = plainText(parse(text, { emoji: knownEmoji() }));
  return shown.replace(/\s+/gu, '') !== text.replace(/\s+/gu, '');
}
