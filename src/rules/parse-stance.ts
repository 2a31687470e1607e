import type { JsonNode } from "./json-node.ts";
import { ratio } from "./ratio.ts";
import type { BallotMeasure, Bound, Counting, Kind, Test } from "./rule.ts";

/** The stances that bylaws name in a word. */
export function parseStance(node: JsonNode, counting: Counting): Test {
  const measure = (kind: Kind): BallotMeasure => ({
    type: "ballots",
    by: counting,
    plus: [kind],
    less: [],
    label: kind,
  });
  const compare = (count: Kind, bound: Bound, of: Kind | null): Test => ({
    type: "compare",
    count: measure(count),
    bound,
    figure: ratio(1n),
    of: of === null ? null : measure(of),
    rounding: null,
  });
  const isFor = compare("yes", "more_than", "no");
  const isAgainst = compare("no", "more_than", "yes");
  const stances: Record<string, Test> = {
    for: isFor,
    against: isAgainst,
    not_for: { type: "not", test: isFor },
    not_against: { type: "not", test: isAgainst },
    voting: compare("cast", "at_least", null),
  };
  const word = node.oneOf(["for", "against", "not_for", "not_against", "voting"]);
  return stances[word] ?? node.refuse("not a stance");
}
