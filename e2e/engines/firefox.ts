import { once } from 'node:events';
import { WebSocket } from 'ws';
import { asText, type Engine, keyActions, type Plain, type Tab } from './engine.ts';
import { Program } from './program.ts';

export const FIREFOX = 'firefox-esr';

interface Answer {
  readonly id?: number;
  readonly type: string;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}
type Called =
  | { readonly type: 'success'; readonly result: { readonly value?: string } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** Speaks WebDriver BiDi. */
export async function openFirefox(): Promise<Engine> {
  const program = new Program(FIREFOX, (home) => ['--headless', '--profile', home, '--remote-debugging-port', '0']);
  const url = await program.prints(/WebDriver BiDi listening on (ws:\S+)/u);
  const line = await Line.open(`${url}/session`);
  await line.send('session.new', { capabilities: {} });
  const { context } = (await line.send('browsingContext.create', { type: 'tab' })) as { context: string };
  return {
    tab: tabOf(line, context),
    close: async () => {
      line.close();
      await program.end();
    },
  };
}

function tabOf(line: Line, context: string): Tab {
  return {
    goto: async (url) => void (await line.send('browsingContext.navigate', { context, url, wait: 'complete' })),
    run: async <Result extends Plain>(work: (...args: never) => unknown, ...args: readonly Plain[]) => {
      const called = (await line.send('script.callFunction', {
        functionDeclaration: asText(work),
        arguments: [{ type: 'string', value: JSON.stringify(args) }],
        target: { context },
        awaitPromise: true,
      })) as Called;
      if (called.type === 'exception') throw new Error(called.exceptionDetails.text);
      return JSON.parse(called.result.value ?? 'null') as Result;
    },
    type: async (keys) => void (await line.send('input.performActions', { context, actions: [keyActions(keys)] })),
    resize: async (width, height) =>
      void (await line.send('browsingContext.setViewport', { context, viewport: { width, height } })),
  };
}

/** Commands and their answers, by number. */
class Line {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async open(url: string): Promise<Line> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Line(socket);
  }

  async send(method: string, params: object): Promise<unknown> {
    const id = (this.#last += 1);
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    this.#waiting.delete(id);
    if (answer.type === 'error') throw new Error(`${method}: ${answer.error}: ${answer.message}`);
    return answer.result;
  }

  close(): void {
    this.#socket.close();
  }
}
