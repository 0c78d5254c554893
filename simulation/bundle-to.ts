import { rolldown, type RolldownPluginOption } from 'rolldown';

/** Builds a TypeScript file with all that it imports into one that a thread can run. */
export async function bundleTo(file: string, input: string, plugin?: RolldownPluginOption): Promise<void> {
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent', plugins: [plugin] });
  await bundle.write({ file, format: 'esm', codeSplitting: false, sourcemap: true });
  await bundle.close();
}
