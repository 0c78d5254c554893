import type { ComponentChildren, VNode } from 'preact';
import { isFewEmoji } from '../markup/few-emoji.ts';
import { parse } from '../markup/parse.ts';
import type { Named } from '../markup/tree.ts';
import { copySource } from './copy.ts';
import { Drawing } from './drawing.tsx';
import { knownEmoji, loadEmoji } from './known-emoji.ts';
import { Sending } from './pending.tsx';
import { Unchanging } from './redraw.tsx';

export interface MessageTextProps {
  /** As it was written. */
  readonly text: string;
  /** Who is meant by `@` and their name. The same list for as long as it says the same. */
  readonly named: readonly Named[];
  /** Who looks: that one finds where they are meant. */
  readonly me?: string;
  /** Who wrote it, and the class of their colour: for "/me waves". */
  readonly name: string;
  readonly colour: string;
  readonly isEdited: boolean;
  /** Shows what it said before. The same function for as long as it does the same. */
  readonly showEarlier?: (() => void) | undefined;
  /** Since when it has been on its way; undefined when it is not. */
  readonly sendingSince: number | undefined;
}

/** What somebody wrote, with what its marks make of it. */
export class MessageText extends Unchanging<MessageTextProps> {
  /** It calls an emoji by a name, and the names are not loaded yet. */
  #isWaiting = false;
  #isGone = false;

  override componentDidMount(): void {
    this.#loadEmoji();
  }

  override componentDidUpdate(): void {
    this.#loadEmoji();
  }

  override componentWillUnmount(): void {
    this.#isGone = true;
  }

  override render(): VNode {
    const { text, named, me } = this.props;
    const known = knownEmoji();
    this.#isWaiting = false;
    const markup = parse(text, {
      named,
      emoji: (name) => {
        this.#isWaiting ||= known === undefined;
        return known?.(name);
      },
    });
    const drawing = new Drawing(me);
    return (
      <div
        class={`text ${isFewEmoji(markup) ? 'few-emoji' : ''}`}
        onCopy={(event) => copySource(event, event.currentTarget, text)}
      >
        {markup.kind === 'action'
          ? this.#action(drawing.words(markup.words))
          : drawing.said(markup.blocks, this.#marks())}
      </div>
    );
  }

  #action(words: ComponentChildren): VNode {
    const { name, colour } = this.props;
    return (
      <p class="deed" dir="auto">
        <bdi class={`name ${colour}`}>{name}</bdi> {words}
        {this.#marks()}
      </p>
    );
  }

  #marks(): VNode | null {
    const { isEdited, showEarlier, sendingSince } = this.props;
    if (!isEdited && sendingSince === undefined) return null;
    return (
      <span class="marks">
        {isEdited ? ' ' : ''}
        {!isEdited ? null : showEarlier === undefined ? (
          <span class="edited">(edited)</span>
        ) : (
          <button type="button" class="edited" title="What it said before" onClick={showEarlier}>
            (edited)
          </button>
        )}
        {sendingSince === undefined ? null : <Sending since={sendingSince} />}
      </span>
    );
  }

  #loadEmoji(): void {
    if (!this.#isWaiting) return;
    loadEmoji(() => {
      if (!this.#isGone) this.forceUpdate();
    });
  }
}
