// The thread in which code is coloured: highlight.js takes seconds for some texts, and whoever waits too long ends it.
import { coloursOf } from './code-colours.ts';

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!Array.isArray(data)) return;
  const [language, text] = data.map(String);
  postMessage(coloursOf(language ?? '', text ?? ''));
});
