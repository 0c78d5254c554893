import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { resultText } from '../state/found.ts';
import { HitList, type HitListProps, hitsIn } from './hit-list.tsx';
import type { Finding } from './use-found.ts';

export interface FoundViewProps extends Omit<HitListProps, 'hits' | 'list'> {
  readonly finding: Finding;
  /** What stands above; given is what leads into the list, and says whether there is one. */
  readonly children?: (enterList: () => boolean) => ComponentChildren;
}

/** What was found, in words and as a list, with the way on. */
export function FoundView({ finding, children, ...about }: FoundViewProps): VNode {
  const { found, more } = finding;
  const { hits, next, isAsking, trouble } = found;
  const list = useRef<HTMLUListElement>(null);
  /** How many there were when more were asked for: the focus goes to the first that is new, for its button may be gone. */
  const awaited = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (awaited.current === undefined || isAsking) return;
    if (trouble === undefined) hitsIn(list.current)[awaited.current]?.focus();
    awaited.current = undefined;
  }, [found]);
  const enterList = (): boolean => {
    const first = hitsIn(list.current)[0];
    first?.focus();
    return first !== undefined;
  };
  return (
    <>
      {children?.(enterList)}
      <p class={trouble === undefined ? 'result' : 'result trouble'} role="status">
        {resultText(found)}
      </p>
      {isAsking && hits.length === 0 ? <p class="result">Searching …</p> : null}
      {hits.length === 0 ? null : <HitList {...about} hits={hits} list={list} />}
      {(next === undefined && trouble === undefined) || trouble?.isPassing === false ? null : (
        <p class="more">
          <button
            type="button"
            aria-disabled={isAsking}
            onClick={() => {
              awaited.current = hits.length;
              more();
            }}
          >
            {moreText(isAsking, trouble !== undefined)}
          </button>
        </p>
      )}
    </>
  );
}

function moreText(isAsking: boolean, isTrouble: boolean): string {
  if (isAsking) return 'Searching …';
  return isTrouble ? 'Try again' : 'Show older results';
}
