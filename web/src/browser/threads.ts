/** How many threads this device and browser could give the engine. */

const MOST = 4;

/** One processor is left to the rest of the device: threads that have to wait for each other are slower than one. */
export const mostThreads = (): number => Math.max(1, Math.min(MOST, navigator.hardwareConcurrency - 1));
