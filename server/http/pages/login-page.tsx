import type { VNode } from 'preact';
import { NAME_MAX_BYTES, ROOM_NAME_MAX_BYTES } from '../../../protocol/limits.ts';
import type { Theme } from '../../../protocol/theme.ts';
import { type Inside, InsidePanel } from './inside.tsx';
import { type Assets, renderPage } from './page.tsx';
import { Picture } from './picture.tsx';
import { type RecentRoom, RecentRooms } from './recent-rooms.tsx';

/** Why the form was not taken, in words. `form` concerns no single field. */
export interface LoginProblems {
  readonly name?: string | undefined;
  readonly room?: string | undefined;
  readonly form?: string | undefined;
}

export interface LoginPage {
  readonly assets: Assets;
  /** As they were typed: nothing that was typed is lost. */
  readonly name: string;
  readonly room: string;
  readonly problems: LoginProblems;
  /** Where this session is somebody, the last visited first. */
  readonly recent?: readonly RecentRoom[];
  /** Who is in the room that is filled in; for its members alone. */
  readonly inside?: Inside | undefined;
  readonly hasSession?: boolean;
  /** It has just ended: what this browser keeps is to be forgotten. */
  readonly isSignedOut?: boolean;
  readonly theme?: Theme | undefined;
  /** As Card.origin. */
  readonly origin?: string | undefined;
}

export function renderLogin(page: LoginPage): string {
  const { assets, theme, problems, inside } = page;
  const wrong = problems.name ?? problems.room ?? problems.form;
  const title = wrong === undefined ? 'Join a room · Snug' : 'Not yet: join a room · Snug';
  const children = (
    <div class="join-page">
      <Login {...page} />
      {inside === undefined ? <Picture /> : <InsidePanel {...inside} />}
    </div>
  );
  const card = { room: page.room, origin: page.origin };
  return renderPage({ assets, theme, title, kind: 'login', children, card });
}

function Login(page: LoginPage): VNode {
  const { recent = [], hasSession = false, isSignedOut = false } = page;
  return (
    <main class="join">
      <header>
        <h1>Snug</h1>
        <p class="lead">A name and a room, and you talk. No account, nothing to install.</p>
      </header>
      {isSignedOut ? (
        <p class="done" id="signed-out" role="status">
          You are signed out. This browser keeps nothing of what you wrote.
        </p>
      ) : null}
      <JoinForm {...page} />
      <RecentRooms rooms={recent} />
      <Known hasSession={hasSession} />
    </main>
  );
}

function JoinForm({ name, room, problems }: LoginPage): VNode {
  const focus = firstField(name, room, problems);
  return (
    <form class="join-form" method="post" action="/" id="join" novalidate>
      {problems.form === undefined ? null : (
        <p class="problem form-problem" role="alert">
          {problems.form}
        </p>
      )}
      <Field
        name="name"
        label="Your name"
        value={name}
        problem={problems.name}
        focus={focus === 'name'}
        most={4 * NAME_MAX_BYTES}
        autocomplete="nickname"
        capitals="words"
      />
      <Field
        name="room"
        label="Room"
        value={room}
        problem={problems.room}
        focus={focus === 'room'}
        most={4 * ROOM_NAME_MAX_BYTES}
        autocomplete="off"
        capitals="none"
        hint="Whoever gives the same name meets you there. An open room is as private as its name is hard to guess."
      />
      <div class="join-actions">
        <button type="submit" class="action wide">
          Join
        </button>
        {/* Behind the other one: Enter in a field presses the first button of its form. GET, for it changes nothing. */}
        <button type="submit" class="quiet suggest" id="suggest" name="suggest" formmethod="get" formaction="/">
          Suggest a room name that is hard to guess
        </button>
      </div>
    </form>
  );
}

/** Where one types next: what is wrong, else what is missing, else the name. */
function firstField(name: string, room: string, problems: LoginProblems): 'name' | 'room' {
  if (problems.name !== undefined) return 'name';
  if (problems.room !== undefined) return 'room';
  return name !== '' && room === '' ? 'room' : 'name';
}

interface FieldProps {
  readonly name: 'name' | 'room';
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly focus: boolean;
  /**
   * In UTF-16 units, as long as the longest text that the rule still looks at: it must never cut a legal name short,
   * and the rule alone says that one is too long.
   */
  readonly most: number;
  readonly autocomplete: 'nickname' | 'off';
  readonly capitals: 'words' | 'none';
  readonly hint?: string;
}

// The paragraph of the problem is always there, so that the script can fill it and what describes the field never changes.
function Field({ name, label, value, problem, focus, most, autocomplete, capitals, hint }: FieldProps): VNode {
  const described = hint === undefined ? `${name}-problem` : `${name}-problem ${name}-hint`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        required
        value={value}
        maxLength={most}
        autocomplete={autocomplete}
        autocapitalize={capitals}
        spellcheck={false}
        dir="auto"
        enterkeyhint="go"
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={described}
        autofocus={focus}
      />
      <p class="problem" id={`${name}-problem`}>
        {problem ?? ''}
      </p>
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function Known({ hasSession }: { hasSession: boolean }): VNode {
  return (
    <p class="known">
      {hasSession ? <a href="/names">Your names and rooms</a> : null}
      <a href="/come-along">I have a code</a>
      {hasSession ? <a href="/sign-out">Sign out</a> : null}
    </p>
  );
}
