import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Dialog } from '../controls/dialog.tsx';
import type { NeededProps } from '../controls/when-needed.tsx';

export interface DateDialogProps extends NeededProps {
  /** The day that is offered at first: any moment of it, in ms since 1970. */
  readonly at: number;
  /** Given when the chosen day begins here. */
  readonly go: (at: number) => void;
  readonly close: () => void;
}

/** Where in a room one wants to read, by the day it was written. */
export function DateDialog({ at, go, close }: DateDialogProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog labelledBy="date-heading" shape="card" close={close}>
      <h2 id="date-heading">Go to a date</h2>
      <form
        class="date-form"
        onSubmit={(event) => {
          event.preventDefault();
          const begin = beginOf(field.current?.value ?? '');
          if (begin === undefined) return;
          close();
          go(begin);
        }}
      >
        <label>
          Date
          {/* The day after the first is not before 1970 in any time zone. */}
          <input
            ref={field}
            type="date"
            required
            min="1970-01-02"
            max={dateText(Date.now())}
            defaultValue={dateText(at)}
          />
        </label>
        <p class="hint">You are led to the first message from that day on.</p>
        <div class="choices">
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="action">
            Go there
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** As a field of dates has it, for the day of `at` here. */
function dateText(at: number): string {
  const day = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** When that day begins here; undefined for what is no day. */
function beginOf(date: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date) ?? [];
  if (day === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(day)).getTime();
}
