import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import type { Command } from '../completion/commands.ts';
import { whenNeeded } from '../controls/when-needed.tsx';
import type { WritingHelpProps } from './writing-help.tsx';
import { LeaveForm } from './leave-form.tsx';

export interface CommandedProps {
  readonly room: Address;
  readonly me: Person;
  readonly leave: () => void;
}

/** What the page itself cannot do. */
export type Order = Extract<Command, { kind: 'nick' | 'topic' }>;

export interface CommandActions {
  /** Resolves with why it could not be done, and with undefined when it is. */
  readonly obey: (order: Order) => Promise<string | undefined>;
}

export interface Commanded {
  /** What was asked for with a slash and is the page's to show. */
  readonly opened: 'help' | 'leave' | undefined;
  readonly close: () => void;
  readonly obey: (command: Command, done: () => void) => void;
}

/** `problem`: says why something was not done; '' takes it back. */
export function useCommands(order: CommandActions['obey'], problem: (words: string) => void): Commanded {
  const [opened, setOpened] = useState<Commanded['opened']>();
  const obey: Commanded['obey'] = (command, done) => {
    switch (command.kind) {
      case 'wrong':
        return problem(command.words);
      case 'help':
      case 'leave':
        done();
        return setOpened(command.kind);
      default:
        problem('');
        void give(command, done);
    }
  };
  const give = async (command: Order, done: () => void): Promise<void> => {
    const words = await order(command);
    if (words === undefined) done();
    else problem(words);
  };
  return { opened, close: () => setOpened(undefined), obey };
}

const WritingHelp = whenNeeded<WritingHelpProps>(() => import('./writing-help.tsx').then((made) => made.WritingHelp));

export function CommandOutcome({
  opened,
  close,
  ...props
}: CommandedProps & Pick<Commanded, 'opened' | 'close'>): VNode | null {
  switch (opened) {
    case undefined:
      return null;
    case 'help':
      return <WritingHelp close={close} failed={close} />;
    case 'leave':
      return <Leaving {...props} />;
  }
}

/** As if somebody had pressed "Leave this room". */
function Leaving(props: CommandedProps): VNode {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.click(), []);
  return (
    <div class="unseen">
      <LeaveForm {...props}>
        <button ref={button} type="submit" tabIndex={-1}>
          Leave this room
        </button>
      </LeaveForm>
    </div>
  );
}
