import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { answered, asking, type Find, type Found, type Next, type Question } from '../state/found.ts';

export interface Finding {
  readonly found: Found;
  /** Undefined: there is nothing to look for any more. */
  readonly ask: (question: Question | undefined) => void;
  /** The next page, or what has failed once more. */
  readonly more: () => void;
}

/** Asks and keeps what was found; an answer that comes after another question is of no interest any more. */
export function useFound(find: Find, before: Found): Finding {
  const [found, setFound] = useState(before);
  const latest = useRef(found);
  const turn = useRef(0);
  const become = useCallback((now: Found) => {
    latest.current = now;
    setFound(now);
  }, []);
  const send = useCallback(
    async (question: Question, next: Next | undefined) => {
      turn.current += 1;
      const mine = turn.current;
      become(asking(latest.current, question));
      const answer = await find(question, next);
      if (mine === turn.current) become(answered(latest.current, answer, next));
    },
    [find, become],
  );
  const ask = useCallback(
    (question: Question | undefined) => {
      if (question !== undefined) return void send(question, undefined);
      turn.current += 1;
      become({
        ...latest.current,
        question: undefined,
        hits: [],
        next: undefined,
        isAsking: false,
        trouble: undefined,
      });
    },
    [send, become],
  );
  const more = useCallback(() => {
    const { question, next, isAsking } = latest.current;
    if (question !== undefined && !isAsking) void send(question, next);
  }, [send]);
  const waitMs = found.trouble?.waitMs;
  useEffect(() => {
    if (waitMs === undefined) return undefined;
    const timer = setTimeout(more, waitMs);
    return () => clearTimeout(timer);
  }, [found.trouble]);
  useEffect(() => () => void (turn.current += 1), []);
  return { found, ask, more };
}
