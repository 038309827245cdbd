/* How figures are written. */

/** One line: what it is, its value, and the limit it has to keep, where it has one. */
export function print(name, value, limit = '') {
  console.log(`  ${name.padEnd(70)} ${String(value).padStart(10)}  ${limit}`);
}

export const ms = (value) => `${value.toFixed(1)} ms`;
export const kib = (value) => `${(value / 1024).toFixed(1)} KiB`;
export const mb = (value) => `${(value / 1e6).toFixed(2)} MB`;

export function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
