import { UsageError } from "./usage-error.ts";

/** Reads an option as a whole number between two bounds, both included. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  bounds: { min: number; max: number; otherwise: number },
): number {
  if (text === undefined) return bounds.otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= bounds.min && value <= bounds.max) return value;
  throw new UsageError(
    `--${name} takes a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`,
  );
}

/** Reads an option that has no default. */
export function required(name: string, text: string | undefined): string {
  if (text === undefined || text === "") throw new UsageError(`--${name} is missing`);
  return text;
}

/** Reads an option as a number with or without decimals between two bounds, both included. */
export function realNumber(
  name: string,
  text: string,
  { min, max }: { min: number; max: number },
): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} takes a number from ${min} to ${max}, not "${text}"`);
}

/** Reads an option as one of some words. */
export function oneOf<Word extends string>(
  name: string,
  text: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} takes ${words.join(" or ")}, not "${text}"`);
}
