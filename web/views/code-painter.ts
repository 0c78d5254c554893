// Loaded when there is code to colour. Colours are laid over the text by the browser (CSS.highlights): no element is added, so
// nothing moves when they come, and what is selected or found stays so.
import { CODE_COLOURS, type CodeColour, type ColouredPart } from '../markup/coloured-part.ts';
import workerAddress from '../markup/code-worker.ts?worker&url';
import { trustedAddress } from './trusted-address.ts';

/** What it needs of a worker. */
export interface Thread {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  readonly postMessage: (message: readonly [string, string]) => void;
  readonly terminate: () => void;
}

export interface PainterParts {
  readonly startThread: () => Thread;
  /** Calls after so many ms, unless what comes back is called before. */
  readonly after: (ms: number, act: () => void) => () => void;
}

/** Usual code takes a few; some texts were measured at 29 s. */
const MOST_MS = 1_000;
/** Somebody sends such texts on purpose: from then on code is plain. */
const MOST_FAILURES = 3;

interface Job {
  readonly text: string;
  readonly language: string;
  readonly done: (parts: readonly ColouredPart[]) => void;
}

/** Finds the colours of one piece of code after the other, and gives up what takes too long. */
export class Painter {
  readonly #parts: PainterParts;
  #waiting: Job[] = [];
  #now: Job | undefined;
  #thread: Thread | undefined;
  #failures = 0;
  #stopWatch: () => void = () => {};

  constructor(parts: PainterParts) {
    this.#parts = parts;
  }

  /** Calls `done` when it is known, unless what comes back is called before. */
  find(text: string, language: string, done: Job['done']): () => void {
    const job = { text, language: language.toLowerCase(), done };
    this.#waiting.push(job);
    this.#next();
    return () => {
      this.#waiting = this.#waiting.filter((waiting) => waiting !== job);
      if (this.#now === job) this.#now = { ...job, done: () => {} };
    };
  }

  #next(): void {
    if (this.#now !== undefined || this.#failures >= MOST_FAILURES) return;
    this.#now = this.#waiting.shift();
    if (this.#now === undefined) return;
    const thread = (this.#thread ??= this.#start());
    thread.postMessage([this.#now.language, this.#now.text]);
    this.#stopWatch = this.#parts.after(MOST_MS, this.#failed);
  }

  #start(): Thread {
    const thread = this.#parts.startThread();
    thread.onmessage = ({ data }) => this.#found(Array.isArray(data) ? data.filter(isPart) : []);
    thread.onerror = this.#failed;
    return thread;
  }

  #found(parts: readonly ColouredPart[]): void {
    this.#stopWatch();
    this.#now?.done(parts);
    this.#now = undefined;
    this.#next();
  }

  readonly #failed = (): void => {
    this.#thread?.terminate();
    this.#thread = undefined;
    this.#failures += 1;
    this.#found([]);
  };
}

function isPart(part: unknown): part is ColouredPart {
  return (
    Array.isArray(part) && CODE_COLOURS.some((colour) => colour === part[0]) && part.slice(1).every(Number.isInteger)
  );
}

let painter: Painter | undefined;

/** Colours the text of `node`, for as long as what comes back is not called. */
export function paint(node: Text, language: string): () => void {
  painter ??= new Painter({
    startThread: () => new Worker(trustedAddress(workerAddress), { type: 'module' }),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
  const laid: [Highlight, StaticRange][] = [];
  const stop = painter.find(node.data, language, (parts) => {
    for (const [colour, startOffset, endOffset] of parts) {
      const range = new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset });
      const highlight = highlightOf(colour);
      highlight.add(range);
      laid.push([highlight, range]);
    }
  });
  return () => {
    stop();
    for (const [highlight, range] of laid) highlight.delete(range);
  };
}

/** The styles name them: web/styles/code.css. */
function highlightOf(colour: CodeColour): Highlight {
  const name = `code-${colour}`;
  const known = CSS.highlights.get(name);
  if (known !== undefined) return known;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}
