// Rewrites what is loaded, not what is on disk. Lines stay where they are.

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!/\/server\/(?:rooms\/[^/]+|gateway\/paced-acts)\.js$/u.test(url)) return loaded;
  if (!(loaded.source instanceof Uint8Array)) throw new Error(`${url} is not there as bytes.`);
  const source = new TextDecoder()
    .decode(loaded.source)
    .replace(
      /^export (?:async )?function (\w+)\(.*\) \{$/gmu,
      (line, name) => `${line} globalThis.snugFailpoint("${name}");`,
    );
  return { ...loaded, source };
}
