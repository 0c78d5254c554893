import { asText, type Engine, keyActions, type Plain, type Tab } from './engine.ts';
import { Program } from './program.ts';

export const WEBKIT = 'WebKitWebDriver';
export const DISPLAY = 'Xvfb';

/** Speaks WebDriver over HTTP, and needs a display to draw on. */
export async function openWebKit(): Promise<Engine> {
  const display = new Program(DISPLAY, () => ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp']);
  const number = await display.prints(/^(\d+)$/u);
  const port = 4000 + Number(number);
  const driver = new Program(WEBKIT, () => [`--port=${port}`], { DISPLAY: `:${number}`, GDK_BACKEND: 'x11' });
  const end = async (): Promise<void> => {
    await driver.end();
    await display.end();
  };
  try {
    const session = await newSession(`http://127.0.0.1:${port}`);
    return { tab: tabOf(session), close: end };
  } catch (error) {
    await end();
    throw error;
  }
}

type Send = (path: string, body: object) => Promise<unknown>;

async function newSession(driver: string): Promise<Send> {
  await answering(driver);
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { args: ['--automation'] } } };
  const { sessionId } = (await ask(`${driver}/session`, { capabilities })) as { sessionId: string };
  return (path, body) => ask(`${driver}/session/${sessionId}${path}`, body);
}

/** Its port says nothing when it is open: whoever asks is refused until then. */
async function answering(driver: string): Promise<void> {
  for (;;) {
    const status = await fetch(`${driver}/status`).catch(() => undefined);
    if (status?.ok) return;
    await new Promise(setImmediate);
  }
}

async function ask(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await answer.json()) as { value: { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

function tabOf(send: Send): Tab {
  return {
    goto: async (url) => void (await send('/url', { url })),
    run: async <Result extends Plain>(work: (...args: never) => unknown, ...args: readonly Plain[]) => {
      const script = `const done = arguments[1]; ${asText(work)}(arguments[0]).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const body = { script, args: [JSON.stringify(args)] };
      const { value, error } = (await send('/execute/async', body)) as { value?: string; error?: string };
      if (error !== undefined) throw new Error(error);
      return JSON.parse(value ?? 'null') as Result;
    },
    type: async (keys) => void (await send('/actions', { actions: [keyActions(keys)] })),
    resize: async (width, height) => void (await send('/window/rect', { x: 0, y: 0, width, height })),
  };
}
