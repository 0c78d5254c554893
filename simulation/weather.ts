// Which faults there are, and how often. Shares from 0 to 1, times in ms.
export interface Weather {
  /** An append fails before it is stored, or is stored and its answer is lost. */
  appendFails: number;
  appendAnswerLost: number;
  readFails: number;
  /** A lease is prolonged, and the node does not hear of it. */
  leaseAnswerLost: number;
  /** A question to the store takes up to SLOW_MS. */
  storeSlow: number;
  hintLost: number;
  hintTwice: number;
  hintLate: number;
  /** A browser's storage takes long; it never loses what it has confirmed. */
  storageSlow: number;
}

export const SLOW_MS = 600;

export const CALM: Weather = {
  appendFails: 0,
  appendAnswerLost: 0,
  readFails: 0,
  leaseAnswerLost: 0,
  storeSlow: 0,
  hintLost: 0,
  hintTwice: 0,
  hintLate: 0,
  storageSlow: 0,
};

export const STORMY: Weather = {
  appendFails: 0.03,
  appendAnswerLost: 0.03,
  readFails: 0.02,
  leaseAnswerLost: 0.03,
  storeSlow: 0.12,
  hintLost: 0.12,
  hintTwice: 0.06,
  hintLate: 0.1,
  storageSlow: 0.05,
};

/** The store is what decides who is here. */
export const STORE_FLAKY: Weather = {
  ...STORMY,
  appendFails: 0.08,
  appendAnswerLost: 0.12,
  readFails: 0.08,
  storeSlow: 0.1,
};
