import type { VNode } from 'preact';
import type { Author } from '../../protocol/entries.ts';

/** More than these are several: a list that is longer nobody reads, and it would not stay in its line. */
const MOST_NAMES = 3;
/** Three names of so many characters stand in one line of a phone; longer ones give way. */
const SHORT = 7;

/**
 * Who is writing. It always takes its one line, so that nothing moves when they come and go, and is never announced: a
 * room of ten would never be quiet.
 */
export function TypingLine({ typists }: { typists: readonly Author[] }): VNode {
  return <p class="typing-line">{typists.length === 0 ? null : <Typing typists={typists} />}</p>;
}

function Typing({ typists }: { typists: readonly Author[] }): VNode {
  if (typists.length > MOST_NAMES) return <span>Several people are typing</span>;
  return (
    <>
      {typists.map(({ id, name }, at) => (
        <>
          {at === 0 ? null : <span>{at === typists.length - 1 ? ' and ' : ', '}</span>}
          <bdi key={id} class={name.length <= SHORT ? 'short' : undefined}>
            {name}
          </bdi>
        </>
      ))}
      <span>{typists.length === 1 ? ' is typing' : ' are typing'}</span>
    </>
  );
}
