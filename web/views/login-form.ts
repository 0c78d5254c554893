// What the script adds to the login page. The form is the server's and works without: whatever fails here, it can be sent.
import { addressOf, nameProblemText, personName, roomName } from '../../protocol/names.ts';
import { MOST_ROOMS, recall, remember } from './remembered.ts';

/** Longer than any double click; short enough for whoever stopped the loading and tries again. */
const DOUBLE_CLICK_MS = 2_000;

export interface LoginParts {
  readonly storage: () => Storage;
  readonly suggest: () => string;
}

/** Fills in what is remembered, checks before sending, offers a name for a room. */
export function enhanceLogin(page: Document, { storage, suggest }: LoginParts): void {
  const form = page.querySelector<HTMLFormElement>('#join');
  const name = page.querySelector<HTMLInputElement>('#name');
  const room = page.querySelector<HTMLInputElement>('#room');
  if (form === null || name === null || room === null) return;
  fillIn(page, name, room, storage);
  const afterPress = pressesOf(page);
  const fields = [new Field(page, name, problemOfName, afterPress), new Field(page, room, problemOfRoom, afterPress)];
  let sentAt = Number.NEGATIVE_INFINITY;
  form.addEventListener('submit', (event) => {
    // The second half of a double click would come in as somebody else, whose name the first half has just taken.
    if (event.timeStamp - sentAt < DOUBLE_CLICK_MS) return event.preventDefault();
    const wrong = fields.filter((field) => field.isRefused());
    if (wrong.length > 0) event.preventDefault();
    else {
      sentAt = event.timeStamp;
      remember(storage, name.value, room.value);
    }
    wrong[0]?.input.focus();
  });
  suggestAtOnce(page, room, suggest);
}

function problemOfName(text: string): string {
  const named = personName(text);
  return named.ok ? '' : nameProblemText(named.problem, 'name');
}

function problemOfRoom(text: string): string {
  const named = roomName(text);
  return named.ok ? '' : nameProblemText(named.problem, 'room name');
}

/** One field, and the place beside it where it is said what is wrong with it. */
class Field {
  readonly input: HTMLInputElement;
  readonly #place: Element | null;
  readonly #problemOf: (text: string) => string;
  /** What was refused here once. Sent again unchanged it goes to the server, which alone decides. */
  #refused: string | undefined;

  constructor(page: Document, input: HTMLInputElement, problemOf: (text: string) => string, afterPress: AfterPress) {
    this.input = input;
    this.#place = page.querySelector(`#${input.id}-problem`);
    this.#problemOf = problemOf;
    input.addEventListener('input', () => this.#show(''));
    input.addEventListener('change', () => afterPress(() => this.#show(this.#typed())));
  }

  isRefused(): boolean {
    const problem = this.#problemOf(this.input.value);
    this.#show(problem);
    if (problem === '' || this.#refused === this.input.value) return false;
    this.#refused = this.input.value;
    return true;
  }

  // An empty field that one only passed through is not wrong yet.
  #typed(): string {
    return this.input.value === '' ? '' : this.#problemOf(this.input.value);
  }

  #show(problem: string): void {
    if (this.#place !== null) this.#place.textContent = problem;
    if (problem === '') this.input.removeAttribute('aria-invalid');
    else this.input.setAttribute('aria-invalid', 'true');
  }
}

type AfterPress = (act: () => void) => void;

/**
 * Acts at once, or, while a pointer is down, when it is up and has had its effect: what is said below a field moves the
 * button that is just being pressed from under the pointer, and then nobody has clicked it.
 */
function pressesOf(page: Document): AfterPress {
  let isDown = false;
  let waiting: (() => void)[] = [];
  const up = (): void => {
    isDown = false;
    const acts = waiting;
    waiting = [];
    setTimeout(() => acts.forEach((act) => act()));
  };
  page.addEventListener('pointerdown', () => {
    isDown = true;
  });
  page.addEventListener('pointerup', up);
  page.addEventListener('pointercancel', up);
  return (act) => {
    if (isDown) waiting.push(act);
    else act();
  };
}

/** What the server filled in, from the address or because it knows this session, stays. */
function fillIn(page: Document, name: HTMLInputElement, room: HTMLInputElement, storage: () => Storage): void {
  const known = recall(storage);
  addRooms(page, known.rooms);
  // What was sent like this and refused is not to become something else.
  if (page.querySelector('[aria-invalid], .form-problem') !== null) return;
  const isUntouched = name.value === name.defaultValue && room.value === room.defaultValue;
  if (name.value === '') name.value = known.name;
  if (room.value === '') room.value = known.rooms[0] ?? '';
  // Whoever has begun to type goes on.
  if (!isUntouched) return;
  const next = name.value !== '' && room.value === '' ? room : name;
  next.focus();
  // Typing replaces it; Enter comes in with it.
  next.select();
}

function addRooms(page: Document, rooms: readonly string[]): void {
  const section = page.querySelector<HTMLElement>('#recent');
  const list = section?.querySelector('ul');
  if (!section || !list) return;
  const shown = new Set([...list.querySelectorAll<HTMLElement>('[data-room]')].map((link) => link.dataset['room']));
  for (const room of rooms) {
    const address = addressOf(room);
    if (list.children.length >= MOST_ROOMS || address === undefined || shown.has(address)) continue;
    shown.add(address);
    list.append(roomLink(page, room));
  }
  section.hidden = list.children.length === 0;
}

/** Whoever is nobody there, as far as the server knows, gives a name first. */
function roomLink(page: Document, room: string): HTMLElement {
  const link = page.createElement('a');
  link.className = 'chip';
  link.href = `/?room=${encodeURIComponent(room)}`;
  link.title = room;
  const name = page.createElement('bdi');
  name.className = 'chip-room';
  name.textContent = room;
  link.append(name);
  const item = page.createElement('li');
  item.append(link);
  return item;
}

/** The server's button loads the page again with a name; here it is filled in at once. */
function suggestAtOnce(page: Document, room: HTMLInputElement, suggest: () => string): void {
  page.querySelector('#suggest')?.addEventListener('click', (event) => {
    event.preventDefault();
    room.value = suggest();
    room.dispatchEvent(new Event('input'));
    room.focus();
  });
}
