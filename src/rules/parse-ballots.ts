import type { JsonNode } from "./json-node.ts";
import { kinds, type BallotMeasure, type Counting, type Kind } from "./rule.ts";

/** Reads `ballots` or `weight`, and what is taken away by `less`. */
export function parseBallots(node: JsonNode, members: Map<string, JsonNode>): BallotMeasure {
  const [ballots, weight] = [members.get("ballots"), members.get("weight")];
  if (ballots !== undefined && weight !== undefined) {
    weight.refuse("ballots or weight, not both");
  }
  const counted = ballots ?? weight ?? node.refuse("needs one of ballots, weight, units or shares");
  const less = members.get("less");
  return ballotMeasure(
    parseKinds(counted),
    less === undefined ? [] : parseKinds(less),
    ballots === undefined ? "weight" : "ballots",
  );
}

/** Reads one kind of voters, or several that are added up. */
export function parseKinds(node: JsonNode): Kind[] {
  if (typeof node.value === "string") return [node.oneOf(kinds)];
  const found = node.list(kinds.length).map((item) => item.oneOf(kinds));
  if (new Set(found).size < found.length) node.refuse("a kind stands twice");
  const isWhole = (kind: Kind) => kind === "cast" || kind === "present" || kind === "eligible";
  if (found.length > 1 && found.some(isWhole)) {
    node.refuse("cast, present and eligible hold the others already, and would count them twice");
  }
  return found;
}

/** The measure of some kinds without others, with its label. */
export function ballotMeasure(plus: Kind[], less: Kind[], by: Counting): BallotMeasure {
  const without = less.length === 0 ? "" : ` without ${less.join(" and ")}`;
  return {
    type: "ballots",
    by,
    plus,
    less,
    label: `${plus.join(" and ")}${without}${by === "weight" ? " by weight" : ""}`,
  };
}

/** Refuses members that do not go with what the others say. */
export function refuseOthers(members: Map<string, JsonNode>, known: string[], what: string): void {
  for (const [name, node] of members) {
    if (!known.includes(name)) node.refuse(`does not go with ${what}`);
  }
}
