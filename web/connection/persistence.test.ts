import { describe, expect, it } from 'vitest';
import { askToPersist } from './persistence.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

async function asked(userAgent: string): Promise<number> {
  let times = 0;
  const persist = async () => {
    times += 1;
    throw new TypeError('not here');
  };
  await askToPersist({ userAgent, storage: { persist } });
  return times;
}

describe('a browser is asked to keep what waits', () => {
  it('and may refuse', async () => {
    expect(await asked(CHROME)).toBe(1);
  });

  it('unless it would ask the person', async () => {
    expect(await asked(FIREFOX)).toBe(0);
  });

  it('where it can be asked at all', async () => {
    await askToPersist({ userAgent: CHROME });
    await askToPersist({ userAgent: CHROME, storage: {} });
  });
});
