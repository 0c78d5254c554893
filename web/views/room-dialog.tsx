import type { ComponentChildren, VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { ROOM_NAME_MAX_BYTES, TOPIC_MAX_BYTES } from '../../protocol/limits.ts';
import { nameProblemText, roomName, tidyName } from '../../protocol/names.ts';
import { REFUSALS } from '../../protocol/refusals.ts';
import { tidyTopic, topicRefusal } from '../../protocol/text.ts';
import { Dialog } from '../controls/dialog.tsx';
import { DialogHeader } from './dialog-header.tsx';

export interface RoomDialogProps extends NamingActions {
  readonly title: string;
  readonly topic: string;
  /** A conversation of two is called as its two are (D3). */
  readonly isDirect: boolean;
  readonly close: () => void;
}

export interface NamingActions {
  readonly setTitle: (title: string) => void;
  readonly setTopic: (topic: string) => void;
}

/** What the room is called and what it is about, for anybody in it to say (L17). */
export function RoomDialog({ title, topic, isDirect, setTitle, setTopic, close }: RoomDialogProps): VNode {
  const titled = useField(title, (text) => (tidyName(text) === title ? '' : problemOfTitle(text)));
  const about = useField(topic, problemOfTopic);
  const save = (): void => {
    // From the last to the first, which has the focus in the end.
    if ([about, titled].filter((field) => field.isRefused()).length > 0) return;
    if (tidyName(titled.text) !== title) setTitle(tidyName(titled.text));
    if (tidyTopic(about.text) !== topic) setTopic(tidyTopic(about.text));
    close();
  };
  return (
    <Dialog labelledBy="room-heading" shape="card" close={close}>
      <DialogHeader id="room-heading" close={close}>
        About <bdi>{title}</bdi>
      </DialogHeader>
      <form
        class="room-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {isDirect ? null : (
          <Field name="title" problem={titled.problem} hint="The link to the room stays as it is.">
            <input {...titled.given} {...describedBy('title')} maxLength={4 * ROOM_NAME_MAX_BYTES} autocomplete="off" />
          </Field>
        )}
        <Field name="topic" problem={about.problem} hint="In one line above the messages, for everybody here.">
          <textarea {...about.given} {...describedBy('topic')} maxLength={4 * TOPIC_MAX_BYTES} rows={3} />
        </Field>
        <div class="choices">
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="action">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const LABELS = { title: 'Title', topic: 'Topic' } as const;

interface FieldProps {
  readonly name: keyof typeof LABELS;
  readonly problem: string;
  readonly hint: string;
  readonly children: ComponentChildren;
}

function Field({ name, problem, hint, children }: FieldProps): VNode {
  return (
    <div class="field">
      <label htmlFor={`room-${name}`}>{LABELS[name]}</label>
      {children}
      <p class="problem" id={`room-${name}-problem`} role="alert">
        {problem}
      </p>
      <p class="hint" id={`room-${name}-hint`}>
        {hint}
      </p>
    </div>
  );
}

function describedBy(name: keyof typeof LABELS) {
  return { id: `room-${name}`, dir: 'auto', 'aria-describedby': `room-${name}-problem room-${name}-hint` } as const;
}

interface FieldState {
  readonly text: string;
  readonly problem: string;
  readonly given: {
    readonly ref: (field: HTMLInputElement | HTMLTextAreaElement | null) => void;
    readonly value: string;
    readonly 'aria-invalid': 'true' | undefined;
    readonly onInput: (event: InputEvent) => void;
  };
  /** Says what is wrong, and leads there. */
  readonly isRefused: () => boolean;
}

function useField(before: string, problemOf: (text: string) => string): FieldState {
  const field = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  const [text, setText] = useState(before);
  const [problem, setProblem] = useState('');
  return {
    text,
    problem,
    given: {
      ref: (shown) => {
        field.current = shown;
      },
      value: text,
      'aria-invalid': problem === '' ? undefined : 'true',
      onInput: () => {
        setText(field.current?.value ?? '');
        setProblem('');
      },
    },
    isRefused: () => {
      const found = problemOf(text);
      setProblem(found);
      if (found !== '') field.current?.focus();
      return found !== '';
    },
  };
}

function problemOfTitle(title: string): string {
  const named = roomName(title);
  return named.ok ? '' : nameProblemText(named.problem, 'room name');
}

function problemOfTopic(topic: string): string {
  const code = topicRefusal(tidyTopic(topic));
  return code === undefined ? '' : REFUSALS[code].message;
}
