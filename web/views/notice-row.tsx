import type { VNode } from 'preact';
import type { NoticeEntry } from '../../protocol/entries.ts';
import type { RenameEntry } from '../state/room-state.ts';
import { Unchanging } from './redraw.tsx';
import { dayName, timeOfDay } from './time-text.ts';

/** Who came, who went, who has another name. */
export class NoticeRow extends Unchanging<{ readonly line: NoticeEntry | RenameEntry }> {
  override render(): VNode {
    const { line } = this.props;
    return (
      <p class="notice">
        <span>
          <bdi>{line.by.name}</bdi>{' '}
          {line.kind === 'rename' ? 'is now ' : `${whatHappened(line.type)} · ${line.here} here`}
          {line.kind === 'rename' ? <bdi>{line.name}</bdi> : null}
        </span>
        <time dateTime={new Date(line.at).toISOString()}>{timeOfDay(line.at)}</time>
      </p>
    );
  }
}

function whatHappened(type: NoticeEntry['type']): string {
  return type === 'connect' ? 'joined' : 'left';
}

export class DayRow extends Unchanging<{ readonly at: number }> {
  override render(): VNode {
    return (
      <h2 class="day">
        <span>{dayName(this.props.at, Date.now())}</span>
      </h2>
    );
  }
}
