import { act, cleanup, render } from '@testing-library/preact';
import type { VNode } from 'preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { oncePerFrame, Unchanging, useTime } from './redraw.tsx';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('drawing', () => {
  test('a burst is drawn once, in the next frame', () => {
    let draws = 0;
    const frames: (() => void)[] = [];
    const ask = oncePerFrame(
      () => (draws += 1),
      (run) => frames.push(run),
    );
    for (let i = 0; i < 200; i += 1) ask();
    expect([draws, frames.length]).toEqual([0, 1]);
    frames[0]?.();
    ask();
    frames[1]?.();
    expect(draws).toBe(2);
  });

  test('a tab that has no frames is drawn all the same, a little later, and once', () => {
    let draws = 0;
    vi.stubGlobal('requestAnimationFrame', () => 1);
    const ask = oncePerFrame(() => (draws += 1));
    ask();
    ask();
    void act(() => void vi.advanceTimersByTime(99));
    expect(draws).toBe(0);
    void act(() => void vi.advanceTimersByTime(1_000));
    expect(draws).toBe(1);
    vi.unstubAllGlobals();
  });

  test('a row is drawn again only when something of it has changed', () => {
    let draws = 0;
    class Row extends Unchanging<{ readonly by: object; readonly text: string }> {
      override render(): VNode {
        draws += 1;
        return <p>{this.props.text}</p>;
      }
    }
    const by = {};
    const { rerender, container } = render(<Row by={by} text="a" />);
    rerender(<Row by={by} text="a" />);
    expect(draws).toBe(1);
    rerender(<Row by={{}} text="a" />);
    rerender(<Row by={by} text="b" />);
    expect(draws).toBe(3);
    expect(container.textContent).toBe('b');
  });

  test('what depends on time is drawn again when its time has come, and not before', () => {
    const Clock = ({ at }: { at: number }): VNode => <p>{useTime(at) >= at ? 'come' : 'not yet'}</p>;
    const { container } = render(<Clock at={3_000} />);
    void act(() => void vi.advanceTimersByTime(1_999));
    expect(container.textContent).toBe('not yet');
    void act(() => void vi.advanceTimersByTime(1));
    expect(container.textContent).toBe('come');
  });
});
