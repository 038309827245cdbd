/**
 * What the engine may take for a photo: WebAssembly's memory grows to the largest photo there was and never shrinks.
 * What needs more is better made small by the browser first.
 */

/** The most the engine is asked for; JPEG's own limit is 65,535 on a side. */
export const MAX_PIXELS = 200_000_000;

const MIB = 1024 * 1024;
const BUDGET = 160 * MIB;
/* On a phone with 2 GB or less, where pages of 300 MB are ended. */
const SMALL_BUDGET = 48 * MIB;

/** In bytes. `memory`: gigabytes of the device, as the browser tells it. */
export const budgetOf = (memory: number): number => (memory <= 2 ? SMALL_BUDGET : BUDGET);
