/**
 * What the engine may take for a photo: WebAssembly's memory grows to the largest photo there was and never shrinks.
 * What needs more is better made small by the browser first.
 */

/** The most the engine is asked for; JPEG's own limit is 65,535 on a side. */
export const MAX_PIXELS = 200_000_000;

const MIB = 1024 * 1024;
/* Gigabytes; not every browser tells, and older versions of Node have no navigator at all. */
const { deviceMemory = 8 } = (globalThis.navigator ?? {}) as { deviceMemory?: number };

/** Of the photo's bytes and what reading it takes; less on a phone with 2 GB or less, where pages of 300 MB are ended. */
export const MAX_BYTES = (deviceMemory <= 2 ? 48 : 160) * MIB;
