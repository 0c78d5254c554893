// Of the three transports of Engine.IO the pages bring the two that Snug's server speaks (docs/conformance.md, D9): WebTransport
// needs HTTP/3, and would be 1 kB of script that no connection can ever come by.

const LIST = /engine\.io-client\/build\/esm\/transports\/index\.js$/u;
const LEFT_OUT = /^import \{ WT \}.*$|^ *webtransport: WT,$/gmu;

/** The list of transports without the third. @param {string} list */
export function withoutWebTransport(list) {
  const left = list.replace(LEFT_OUT, '');
  if (left === list || /WT|webtransport/u.test(left))
    throw new Error('engine.io-client lists its transports in another way now: mend tools/transports.mjs.');
  return left;
}

/** @returns {import('vite').Plugin} */
export function twoTransports() {
  return {
    name: 'two-transports',
    // Every line stays where it was, so the map of the source stays true.
    transform: { filter: { id: LIST }, handler: (code) => ({ code: withoutWebTransport(code), map: null }) },
  };
}
