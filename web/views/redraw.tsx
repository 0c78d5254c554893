import { Component } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';

/** A component that is drawn again only when one of its properties or of its own state is another value. */
export abstract class Unchanging<Props extends object, State extends object = object> extends Component<Props, State> {
  override shouldComponentUpdate(props: Readonly<Props>, state: Readonly<State>): boolean {
    return differs(this.props, props) || differs(this.state, state);
  }
}

function differs(one: object, other: object): boolean {
  const before = new Map(Object.entries(one));
  const after = Object.entries(other);
  return before.size !== after.length || after.some(([name, value]) => before.get(name) !== value);
}

/** Draws again when the time `at` (ms since 1970) has come; undefined: never. Gives the time of this drawing. */
export function useTime(at: number | undefined): number {
  const [tick, draw] = useReducer<number, undefined>((count) => count + 1, 0);
  useEffect(() => {
    if (at === undefined || at <= Date.now()) return undefined;
    // A timer may fire a millisecond early; `tick` then starts another for the rest.
    const timer = setTimeout(() => draw(undefined), at - Date.now());
    return () => clearTimeout(timer);
  }, [at, tick]);
  return Date.now();
}

/** Gathers calls: `draw` runs at most once per frame, in the frame after the first of them. */
export function oncePerFrame(draw: () => void, nextFrame: (run: () => void) => void = frameOrSoon): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    nextFrame(() => {
      asked = false;
      draw();
    });
  };
}

/** A tab that is not in front has no frames, and is to be right when one comes back to it. */
const SOON_MS = 100;

function frameOrSoon(run: () => void): void {
  const timer = setTimeout(() => {
    cancelAnimationFrame(frame);
    run();
  }, SOON_MS);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    run();
  });
}
