/**
 * A decision's number: the second of its opening, and a count of those of the same second. So the
 * order of numbers, in which FTS5 finds without sorting, is the order of openings.
 */
const numbersASecond = 2 ** 20;

/** The lowest number of the second in which a time (ms) is. */
export function firstNumberAt(at: number): number {
  return Math.floor(at / 1_000) * numbersASecond;
}

/** The same in SQL. */
export const numberOfSecond = (at: string): string => `(${at} / 1000) * ${numbersASecond}`;
/** In SQL, the lowest number of the second after that. */
export const numberOfNext = (at: string): string => `(${at} / 1000 + 1) * ${numbersASecond}`;
