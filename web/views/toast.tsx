import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Long enough to be read in passing. */
const SHOWN_MS = 3_000;

/** What is said for a moment, and how to say it; '' while nothing is. `refused` is said when it becomes another. */
export function useToast(refused = ''): [string, (text: string) => void] {
  // An object: the same words said again are shown for the whole time again.
  const [said, say] = useState({ text: '' });
  useEffect(() => say({ text: refused }), [refused]);
  useEffect(() => {
    if (said.text === '') return undefined;
    const timer = setTimeout(() => say({ text: '' }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return [said.text, (text) => say({ text })];
}

/** Says what went wrong elsewhere, once for each time. */
export function useSaid(wrong: { readonly why: string } | undefined, say: (text: string) => void): void {
  useEffect(() => {
    if (wrong !== undefined) say(wrong.why);
  }, [wrong]);
}

/** Over everything else, for a moment. The announcer says it aloud. */
export function Toast({ text }: { text: string }): VNode | null {
  return text === '' ? null : (
    <p class="toast" aria-hidden="true">
      {text}
    </p>
  );
}
