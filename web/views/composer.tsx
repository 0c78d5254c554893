import type { RefObject, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Author } from '../../protocol/entries.ts';
import type { Person } from '../../protocol/room.ts';
import type { Editing, Edits } from '../state/edits.ts';
import type { Quoted } from '../state/quoted.ts';
import type { Choices } from './choices.ts';
import { EditingBar, RefusedEdit, type RefusedEditActions, Saving } from './composer-edits.tsx';
import { asksForNewest, asksToCancel, asksToFormat, asksToSend, isApple } from './composer-keys.ts';
import { lengthLeft, problemOf, tidy } from './composer-text.ts';
import type { EnterKeySetting } from './enter-key.ts';
import { change, passageOf } from './field-change.ts';
import { fitToText } from './field-fit.ts';
import { formatted, pastedOver } from './format.ts';
import type { Sources } from '../completion/candidates.ts';
import { commandIn } from '../completion/commands.ts';
import { keepFocus } from '../controls/keep-focus.ts';
import { type NeededProps, NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import { type CommandActions, type Commanded, type CommandedProps, CommandOutcome, useCommands } from './commanded.tsx';
import { completedBy, CompletionList } from './completion-list.tsx';
import { EmojiButton } from './emoji-button.tsx';
import { FormatBar, FormatButton, useFormatting } from './format-bar.tsx';
import { Icon } from './icon.tsx';
import { colourClass } from './person.tsx';
import { ReplyBar } from './reply-bar.tsx';
import type { PreviewProps } from './preview.tsx';
import { TypingLine } from './typing-line.tsx';
import { type Completion, useCompletion } from './use-completion.ts';

export interface ComposerProps extends ComposerActions, CommandedProps {
  readonly title: string;
  /** Who writes. */
  readonly me: Person;
  /** The page's as well: what one does elsewhere leads back to it. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** The draft. It is the page's, so that a message that was not taken can come back into it. */
  readonly text: string;
  readonly edits: Edits;
  /** What the next message answers. */
  readonly replying?: Quoted;
  readonly typists: readonly Author[];
  /** On a touch screen Enter breaks the line, for there is no Shift to hold. */
  readonly isTouch: boolean;
  readonly enterKey: EnterKeySetting;
  readonly choices: Pick<Choices, 'isPreviewShown' | 'showPreview' | 'emoji'>;
}

export interface ComposerActions extends RefusedEditActions, CommandActions {
  /** Whom one may want to name, those first who are likelier. */
  readonly people: () => Sources['people'];
  /** The text as it is now, of the message or of the edit. */
  readonly write: (text: string) => void;
  readonly send: (text: string) => void;
  /** Begins to edit the last message of one's own, if there is one. */
  readonly editNewest: () => void;
  readonly cancelReply: () => void;
  readonly saveEdit: (text: string) => void;
  readonly cancelEdit: () => void;
  /** Deletes the message that is being edited. */
  readonly deleteEdited: () => void;
}

/** emptied: an edit has left nothing of its message. */
type Problem = { readonly kind: 'none' | 'emptied' } | { readonly kind: 'wrong'; readonly words: string };
const NONE: Problem = { kind: 'none' };

/** Where one writes. Never disabled: what cannot go now is kept and goes later. */
export function Composer(props: ComposerProps): VNode {
  const { edits, replying, typists, me, field } = props;
  const writing = useWriting(props);
  const { editing, typed, problem, end } = writing;
  const completion = useCompletion(field, props.people);
  const left = lengthLeft(typed);
  const [refused] = edits.refused;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        writing.submit();
      }}
    >
      <div class="composer-slot">
        <TypingLine typists={typists} />
        {edits.savingSince === undefined ? null : <Saving since={edits.savingSince} />}
        <p class={`length ${left?.isOver ? 'over' : ''}`} id="composer-length">
          {left?.words}
        </p>
      </div>
      {refused === undefined || editing !== undefined ? null : (
        <RefusedEdit
          edit={refused}
          takeEditBack={(id) => end(() => props.takeEditBack(id))}
          discard={(id) => end(() => props.discard(id))}
        />
      )}
      <ProblemLine problem={problem} deleteIt={() => end(props.deleteEdited)} />
      <p class="unseen" role="status">
        {editing !== undefined
          ? 'Editing your message. Escape cancels.'
          : replying === undefined
            ? ''
            : 'Your next message is a reply. Escape cancels.'}
      </p>
      <CompletionList completion={completion} />
      <CommandOutcome room={props.room} me={me} leave={props.leave} {...writing.commands} />
      <Box {...props} {...writing} completion={completion} />
    </form>
  );
}

const Preview = whenNeeded<PreviewProps & NeededProps>(() => import('./preview.tsx').then((made) => made.Preview));

/** Without a connection one writes without it. */
const NOTHING_LOST = (): void => {};

function Box(props: FieldProps): VNode {
  const { me, field, choices, replying, editing, typed, end } = props;
  const formatting = useFormatting(field);
  return (
    <div class={`composer-box ${editing === undefined ? '' : 'edits'}`}>
      {editing === undefined ? null : <EditingBar before={editing.before} cancel={() => end(props.cancelEdit)} />}
      {editing === undefined && replying !== undefined ? (
        <ReplyBar quoted={replying} me={me.id} cancel={() => end(props.cancelReply)} />
      ) : null}
      <div class="composer-line">
        <Field {...props} />
        <EmojiButton field={field} memory={choices.emoji} failed={props.notLoaded} />
        <FormatButton {...formatting} />
        <button type="submit" class="action send" onPointerDown={keepFocus}>
          <Icon name={editing === undefined ? 'send' : 'check'} />
          <span>{editing === undefined ? 'Send' : 'Save'}</span>
        </button>
      </div>
      <FormatBar {...formatting} failed={props.notLoaded} />
      {typed === '' ? null : (
        <Preview
          {...{ text: typed, choices, people: props.people }}
          name={me.name}
          colour={colourClass(me.id, true)}
          failed={NOTHING_LOST}
        />
      )}
    </div>
  );
}

interface Writing {
  readonly editing: Editing | undefined;
  /** What is in the field. */
  readonly typed: string;
  readonly problem: Problem;
  readonly commands: Commanded;
  readonly input: (text: string) => void;
  readonly submit: () => void;
  /** The edit ends with this, and one goes on writing. */
  readonly end: (act: () => void) => void;
  /** Says that something could not be loaded. */
  readonly notLoaded: () => void;
}

function useWriting(props: ComposerProps): Writing {
  const { field, edits } = props;
  const { editing, endEdit } = useEditing(edits);
  const typed = useTyped(editing?.text ?? props.text, editing?.target);
  const [problem, setProblem] = useState(NONE);
  // Before anybody can go on writing: an effect after the frame would take away what was said of the next Enter.
  useLayoutEffect(() => setProblem(NONE), [editing?.target]);
  const end = (act: () => void): void => {
    endEdit();
    act();
    setProblem(NONE);
    field.current?.focus();
  };
  const empty = (): void => {
    typed.current = '';
    // A second Enter may come before the next frame.
    if (field.current !== null) field.current.value = '';
  };
  const send = (said: string): void => {
    empty();
    props.send(said);
  };
  const clear = (): void => {
    empty();
    props.write('');
  };
  const commands = useCommands(props.obey, (words) => setProblem(words === '' ? NONE : { kind: 'wrong', words }));
  const submit = (): void => {
    const said = tidy(field.current?.value ?? typed.current);
    const found = problemOf(said);
    const command = editing === undefined ? commandIn(said) : undefined;
    setProblem(problemToShow(found, editing));
    if (found === undefined && editing !== undefined) end(() => props.saveEdit(said));
    else if (found === undefined && command === undefined) send(said);
    // Whatever was typed meanwhile stays.
    else if (found === undefined && command !== undefined)
      commands.obey(command, () => (tidy(typed.current) === said ? clear() : undefined));
    field.current?.focus();
  };
  const input = (text: string): void => {
    typed.current = text;
    props.write(text);
    setProblem(NONE);
  };
  const notLoaded = (): void => setProblem({ kind: 'wrong', words: NOT_LOADED });
  return { editing, typed: typed.current, problem, commands, input, submit, end, notLoaded };
}

interface FieldProps extends ComposerProps, Writing {
  readonly completion: Completion;
}

function Field(props: FieldProps): VNode {
  const { title, field, isTouch, enterKey, editing, typed, problem, input, submit, end, completion } = props;
  useField(field, typed, editing);
  return (
    <textarea
      ref={field}
      rows={1}
      value={typed}
      aria-label={`Message to ${title}`}
      aria-describedby="composer-problem composer-length"
      aria-invalid={problem.kind === 'none' ? undefined : 'true'}
      placeholder="Write a message"
      autocomplete="off"
      dir="auto"
      {...completedBy(completion)}
      enterkeyhint={isTouch ? 'enter' : 'send'}
      onInput={({ currentTarget }) => {
        fitToText(currentTarget);
        input(currentTarget.value);
        completion.look();
      }}
      onSelect={completion.look}
      onBlur={completion.leave}
      onPaste={(event) => {
        const link = pastedOver(passageOf(event.currentTarget), event.clipboardData?.getData('text/plain') ?? '');
        if (link === undefined) return;
        event.preventDefault();
        change(event.currentTarget, link);
      }}
      onKeyDown={(event) => {
        const format = asksToFormat(event, isApple());
        if (completion.pressed(event)) return taken(event);
        if (format !== undefined) change(event.currentTarget, formatted(passageOf(event.currentTarget), format));
        else if (asksToSend(event, isTouch, enterKey.value)) submit();
        else if (editing !== undefined && asksToCancel(event)) end(props.cancelEdit);
        else if (props.replying !== undefined && asksToCancel(event)) props.cancelReply();
        else if (editing === undefined && asksForNewest(event) && event.currentTarget.value === '') props.editNewest();
        else return;
        taken(event);
      }}
    />
  );
}

function taken(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function problemToShow(found: ReturnType<typeof problemOf>, editing: Editing | undefined): Problem {
  if (found?.kind === 'wrong') return found;
  return found?.kind === 'blank' && editing !== undefined ? { kind: 'emptied' } : NONE;
}

function ProblemLine({ problem, deleteIt }: { problem: Problem; deleteIt: () => void }): VNode {
  const words = problem.kind === 'emptied' ? 'Nothing is left of the message. Write something, or delete it.' : '';
  return (
    <>
      <p class="problem" id="composer-problem" role="alert">
        {problem.kind === 'wrong' ? problem.words : words}
      </p>
      {problem.kind === 'emptied' ? (
        <p class="choices">
          <button type="button" onClick={deleteIt}>
            Delete the message
          </button>
        </p>
      ) : null}
    </>
  );
}

/** The page draws once per frame and an edit ends at once: between the two, what has ended is still given. */
function useEditing({ editing }: Edits): { editing: Editing | undefined; endEdit: () => void } {
  const [ended, setEnded] = useState<Editing | undefined>(undefined);
  return { editing: editing === ended ? undefined : editing, endEdit: () => setEnded(editing) };
}

/**
 * The page draws once per frame and the composer at once: between the two, what was typed is newer than what was given.
 * `of` says what is written: another text is given with another `of`, also where the two read the same.
 */
function useTyped(text: string, of: unknown): { current: string } {
  const given = useRef({ text, of });
  const typed = useRef(text);
  if (given.current.text !== text || given.current.of !== of) {
    given.current = { text, of };
    typed.current = text;
  }
  return typed;
}

/** Another text may be higher; an edit begins where its message ends. */
function useField(field: ComposerProps['field'], text: string, editing: Editing | undefined): void {
  useLayoutEffect(() => {
    if (field.current !== null) fitToText(field.current);
  }, [text]);
  useLayoutEffect(() => {
    if (editing === undefined || field.current === null) return;
    field.current.focus();
    field.current.setSelectionRange(editing.text.length, editing.text.length);
  }, [editing?.target]);
}
