import type { RefObject, VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { TEXT_MAX_GRAPHEMES } from '../../protocol/limits.ts';
import { REFUSALS } from '../../protocol/refusals.ts';
import { countGraphemes, textRefusal } from '../../protocol/text.ts';
import { asksToSend } from './composer-keys.ts';
import { Icon } from './icon.tsx';

export interface ComposerProps {
  readonly title: string;
  /** The page's as well: what one does elsewhere leads back to it. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** The draft. It is the page's, so that a message that was not taken can come back into it. */
  readonly text: string;
  /** On a touch screen Enter breaks the line, for there is no Shift to hold. */
  readonly isTouch: boolean;
  readonly write: (text: string) => void;
  readonly send: (text: string) => void;
}

/** Where the browser does not fit the field to its text by itself (composer.css) it has a row for every line of it. */
const MOST_ROWS = 8;

/** Where one writes. Never disabled: what cannot go now is kept and goes later. */
export function Composer({ title, field, text, isTouch, write, send }: ComposerProps): VNode {
  const [problem, setProblem] = useState('');
  const typed = useTyped(text);
  const submit = (): void => {
    const said = tidy(field.current?.value ?? text);
    const wrong = problemOf(said);
    setProblem(wrong);
    if (wrong === '') {
      typed.current = '';
      // A second Enter may come before the next frame.
      if (field.current !== null) field.current.value = '';
      send(said);
    }
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p class="problem" id="composer-problem" role="alert">
        {problem}
      </p>
      <div class="composer-line">
        <textarea
          ref={field}
          rows={Math.min(MOST_ROWS, typed.current.split('\n').length)}
          value={typed.current}
          aria-label={`Message to ${title}`}
          aria-describedby="composer-problem"
          aria-invalid={problem === '' ? undefined : 'true'}
          placeholder="Write a message"
          autocomplete="off"
          dir="auto"
          enterkeyhint={isTouch ? 'enter' : 'send'}
          onInput={({ currentTarget }) => {
            typed.current = currentTarget.value;
            write(currentTarget.value);
            setProblem('');
          }}
          onKeyDown={(event) => {
            if (!asksToSend(event, isTouch)) return;
            event.preventDefault();
            submit();
          }}
        />
        <button type="submit" class="action send" onPointerDown={keepFocus}>
          <Icon name="send" />
          <span>Send</span>
        </button>
      </div>
    </form>
  );
}

/** The page draws once per frame and the composer at once: between the two, what was typed is newer than what was given. */
function useTyped(text: string): { current: string } {
  const given = useRef(text);
  const typed = useRef(text);
  if (given.current !== text) {
    given.current = text;
    typed.current = text;
  }
  return typed;
}

// A touch on the button must not take the focus away: the keyboard of the phone would go down and up again.
function keepFocus(event: Event): void {
  event.preventDefault();
}

/** Empty lines before and white space after it say nothing; the indentation of the first line does. */
function tidy(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/u, '').trimEnd();
}

function problemOf(text: string): string {
  const code = textRefusal(text);
  switch (code) {
    case undefined:
      return '';
    case 'empty':
      return 'Write something first.';
    case 'tooLong':
      return `This is too long: ${TEXT_MAX_GRAPHEMES} characters at most${lengthText(text)}. It is kept here; send it in parts.`;
    default:
      return REFUSALS[code].message;
  }
}

/** Beyond this nobody counts on to the end: a pasted book has millions. */
const COUNTED_GRAPHEMES = 5 * TEXT_MAX_GRAPHEMES;

function lengthText(text: string): string {
  const count = countGraphemes(text, COUNTED_GRAPHEMES);
  // Fewer characters than allowed and still too long: they are large ones, and the bytes were too many.
  if (count <= TEXT_MAX_GRAPHEMES) return ', fewer of large ones like emoji';
  return count > COUNTED_GRAPHEMES ? `, and this has more than ${COUNTED_GRAPHEMES}` : `, and this has ${count}`;
}
