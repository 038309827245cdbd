/** Semantic versions (semver.org), as far as they are compared here. */

const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

export const isVersion = (value: unknown): value is string => typeof value === 'string' && VERSION.test(value);

/** Below 0 where `a` comes before `b`. Of two versions before the same release none comes first. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [a.match(VERSION) ?? [], b.match(VERSION) ?? []];
  for (const part of [1, 2, 3]) {
    const difference = Number(one[part] ?? 0) - Number(other[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(other[4] !== undefined) - Number(one[4] !== undefined);
}
