import type { VNode } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import { parse } from '../markup/parse.ts';
import { plainText } from '../markup/plain-text.ts';
import type { Named } from '../markup/tree.ts';
import type { Choices } from './choices.ts';
import { Icon } from './icon.tsx';
import { knownEmoji, loadEmoji } from './known-emoji.ts';
import { MessageText } from './message-text.tsx';

export interface PreviewProps {
  /** What is being written. */
  readonly text: string;
  readonly name: string;
  readonly colour: string;
  readonly choices: Pick<Choices, 'isPreviewShown' | 'showPreview'>;
}

/** What a text will become, where it will not be as it is typed. */
export function Preview({ text, name, colour, choices }: PreviewProps): VNode | null {
  const [, draw] = useReducer<number, undefined>((count) => count + 1, 0);
  const callsEmoji = knownEmoji() === undefined && /:[a-z0-9_+-]+:/u.test(text);
  useEffect(() => {
    if (callsEmoji) loadEmoji(() => draw(undefined));
  }, [callsEmoji]);
  if (!becomesAnother(text)) return null;
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
        <Icon name={isShown ? 'eye' : 'spoiler'} />
        Preview
      </button>
      {isShown ? (
        // What can be scrolled must be reached by the keyboard.
        <div class="previewed" role="group" aria-label="What it will look like" tabIndex={0}>
          <MessageText {...{ text, name, colour }} named={NOBODY} isEdited={false} sendingSince={undefined} />
        </div>
      ) : null}
    </section>
  );
}

const NOBODY: readonly Named[] = [];

function becomesAnother(text: string): boolean {
  const shown = plainText(parse(text, { emoji: knownEmoji() }));
  return shown.replace(/\s+/gu, '') !== text.replace(/\s+/gu, '');
}
