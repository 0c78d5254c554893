import type { RefObject, VNode } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import type { QueryPart } from '../../protocol/search-tokens.ts';
import { nextItem } from '../controls/roving.ts';
import { parse } from '../markup/parse.ts';
import { lineText } from '../markup/plain-text.ts';
import type { FoundHit } from '../state/found.ts';
import { excerptOf } from './excerpt.ts';
import { knownEmoji } from './known-emoji.ts';
import { colourClass } from './person.tsx';
import { Unchanging } from './redraw.tsx';
import { dayAndTime } from './time-text.ts';

export interface HitListProps {
  readonly hits: readonly FoundHit[];
  readonly query: readonly QueryPart[];
  /** Who writes here. */
  readonly me: string;
  /** All of them are in this room; undefined: each says where it is. */
  readonly within: Address | undefined;
  readonly list: RefObject<HTMLUListElement | null>;
  readonly jump: (hit: FoundHit) => void;
  /** Above the first hit is where one types. */
  readonly leave: () => void;
}

/** One tab stop with the arrow keys in it. */
export function HitList({ hits, list, leave, ...about }: HitListProps): VNode {
  const [current, setCurrent] = useState(0);
  const pressed = useCallback((event: KeyboardEvent): void => {
    if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
    const items = hitsIn(list.current);
    const focused = document.activeElement;
    event.preventDefault();
    if (event.key === 'ArrowUp' && focused === items[0]) return leave();
    if (event.key === 'ArrowDown' && focused === items.at(-1)) return;
    nextItem(items, focused, event.key)?.focus();
  }, []);
  const stop = Math.min(current, hits.length - 1);
  return (
    <ul class="hits" aria-label="Results" ref={list}>
      {hits.map((hit, at) => (
        <li key={`${hit.room} ${hit.entry.seq}`}>
          <Hit {...about} hit={hit} isStop={at === stop} at={at} focused={setCurrent} pressed={pressed} />
        </li>
      ))}
    </ul>
  );
}

export function hitsIn(list: HTMLElement | null): readonly HTMLElement[] {
  return list === null ? [] : [...list.querySelectorAll<HTMLElement>('button')];
}

interface HitProps extends Pick<HitListProps, 'query' | 'me' | 'within' | 'jump'> {
  readonly hit: FoundHit;
  readonly isStop: boolean;
  readonly at: number;
  readonly focused: (at: number) => void;
  readonly pressed: (event: KeyboardEvent) => void;
}

class Hit extends Unchanging<HitProps> {
  override render(): VNode {
    const { hit, query, me, within, isStop, at, jump, focused, pressed } = this.props;
    const { entry, title } = hit;
    return (
      <button
        type="button"
        class="hit"
        tabIndex={isStop ? 0 : -1}
        onKeyDown={pressed}
        onFocus={() => focused(at)}
        onClick={() => jump(hit)}
      >
        <span class="byline">
          <bdi class={`name ${colourClass(entry.by.id, entry.by.id === me)}`}>{entry.by.name}</bdi>{' '}
          <time dateTime={new Date(entry.at).toISOString()}>{dayAndTime(entry.at, Date.now())}</time>
          {hit.room === within ? null : (
            <span class="where">
              {' '}
              in <bdi>{title}</bdi>
            </span>
          )}
        </span>{' '}
        <span class="words" dir="auto">
          {excerptOf(lineText(parse(entry.text, { emoji: knownEmoji() })), query).map(({ text, isFound }) =>
            isFound ? <mark>{text}</mark> : text,
          )}
        </span>
      </button>
    );
  }
}
