import { ratio } from "../ratio.ts";
import type { Bound, Measure, Test } from "../rule.ts";

const negatedBounds: Record<Bound, Bound> = {
  at_least: "less_than",
  more_than: "at_most",
  at_most: "more_than",
  less_than: "at_least",
};

/** The test that is met exactly when this one is not. */
export function negateTest(test: Test): Test {
  switch (test.type) {
    case "all":
      return { type: "any", tests: test.tests.map(negateTest) };
    case "any":
      return { type: "all", tests: test.tests.map(negateTest) };
    case "not":
      return test.test;
    case "within":
      return { ...test, test: negateTest(test.test) };
    case "each": {
      const { units, label } = test;
      const that = negateTest(test.test);
      const count: Measure = { type: "units", units, that, weigh: "one", called: null, label };
      const figure = ratio(1n);
      return { type: "compare", count, bound: "at_least", figure, of: null, rounding: null };
    }
    default:
      // A comparison of ballots also fails where it counts nothing, and so is only wrapped.
      return test.count.type === "units" && (test.of === null || test.of.type === "units")
        ? { ...test, bound: negatedBounds[test.bound] }
        : { type: "not", test };
  }
}
