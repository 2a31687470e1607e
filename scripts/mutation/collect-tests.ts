import type { TestBundle } from "./bundle-tests.ts";

/** A test that is called by what is around it, and by its own name. */
export interface CollectedTest {
  name: string;
  run: () => unknown;
}

type Body = (...args: unknown[]) => unknown;
type Define = (name: string, body: Body) => void;

/**
 * Runs a bundle, which defines its tests by `describe` and `it`, also of each of several cases.
 * Every name is given once: cases and tests of one name are counted.
 */
export function collectTests(
  bundle: TestBundle,
  { expect, require }: { expect: unknown; require: (name: string) => unknown },
): CollectedTest[] {
  const tests: CollectedTest[] = [];
  const times = new Map<string, number>();
  let around: string[] = [];
  const define: Define = (own, run) => {
    const name = [...around, own].join(" > ");
    const before = times.get(name) ?? 0;
    times.set(name, before + 1);
    tests.push({ name: before === 0 ? name : `${name} (${before + 1})`, run });
  };
  const defineAll: Define = (own, body) => {
    const outside = around;
    around = [...around, own];
    body();
    around = outside;
  };
  const it = Object.assign(define, { each: eachOf(define) });
  const describe = Object.assign(defineAll, { each: eachOf(defineAll) });
  const vitest = { describe, it, expect };
  bundle((name) => (name === "vitest" ? vitest : require(name)));
  return tests;
}

function eachOf(define: Define) {
  return (cases: readonly unknown[]) => (name: string, body: Body) => {
    for (const one of cases) {
      const args: readonly unknown[] = Array.isArray(one) ? one : [one];
      define(name, () => body(...args));
    }
  };
}
