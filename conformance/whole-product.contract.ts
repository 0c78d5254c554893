// The product as it is started, with every guard it has, in this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';

export interface WholeProduct {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** With settings of the environment; nothing of the one that the tests run in. */
export async function startProduct(settings: Readonly<Record<string, string>> = {}): Promise<WholeProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'snug-conformance-'));
  const config = readConfig({ PORT: '0', SNUG_DATA: folder, SNUG_DRAIN_MS: '0', ...settings });
  const { port, stop } = await startApp(config, pino({ level: 'silent' }));
  const close = async (): Promise<void> => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, port, close };
}
