import type { VNode } from 'preact';
import type { Address } from '../../../protocol/ids.ts';
import { NAME_MAX_BYTES, ROOM_NAME_MAX_BYTES } from '../../../protocol/limits.ts';
import { type Assets, renderPage } from './page.tsx';
import { Picture } from './picture.tsx';

/** Why the form was not taken, in words. `form` concerns no single field. */
export interface LoginProblems {
  readonly name?: string | undefined;
  readonly room?: string | undefined;
  readonly form?: string | undefined;
}

export interface RecentRoom {
  readonly room: Address;
  readonly title: string;
}

export interface LoginPage {
  readonly assets: Assets;
  /** As they were typed: nothing that was typed is lost. */
  readonly name: string;
  readonly room: string;
  readonly problems: LoginProblems;
  /** Rooms of this session, newest first. */
  readonly recent?: readonly RecentRoom[];
}

export function renderLogin(page: LoginPage): string {
  const wrong = page.problems.name ?? page.problems.room ?? page.problems.form;
  const title = wrong === undefined ? 'Join a room · Snug' : 'Not yet: join a room · Snug';
  const children = (
    <div class="join-page">
      <Login {...page} />
      <Picture />
    </div>
  );
  return renderPage({ assets: page.assets, title, kind: 'login', children });
}

function Login({ name, room, problems, recent }: LoginPage): VNode {
  const focus = firstField(name, room, problems);
  return (
    <main class="join">
      <h1>Come in and talk</h1>
      <p class="lead">Give a name and a room. No account, nothing to install.</p>
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
        <button type="submit" class="action wide">
          Join
        </button>
      </form>
      <RecentRooms rooms={recent ?? []} />
    </main>
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

// Links, so that they work without scripts; the script adds the rooms that this browser remembers.
function RecentRooms({ rooms }: { rooms: readonly RecentRoom[] }): VNode {
  return (
    <section class="recent" id="recent" hidden={rooms.length === 0}>
      <h2>Rooms you were in</h2>
      <ul>
        {rooms.map(({ room, title }) => (
          <li key={room}>
            <a class="chip" href={`/?room=${encodeURIComponent(room)}`} data-room={title}>
              <bdi>{title}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
