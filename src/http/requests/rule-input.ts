import type { VoteCounts, RuleInput } from "../../rules/rule-input.ts";
import type { RuleFault } from "../../rules/rule.ts";
import type { EvaluationBody, CountsBody } from "../contract/rules.ts";

const ballotKinds = ["yes", "no", "abstain", "blank", "invalid"] as const;

type Count = VoteCounts["yes"];
type CountBody = NonNullable<CountsBody["yes"]>;

/**
 * The figures of a request as the engine takes them. A kind that the whole leaves out is the sum of
 * the regions.
 */
export function inputFrom(asked: EvaluationBody): RuleInput {
  const regions = new Map(asked.regions.map((counts) => [counts.region, toVoteCounts(counts)]));
  const sumOf = (kind: (typeof ballotKinds)[number]): Count => {
    let [ballots, weight] = [0n, 0n];
    for (const counts of regions.values()) {
      ballots += BigInt(counts[kind]?.ballots ?? 0);
      weight += counts[kind]?.weight ?? 0n;
    }
    return { ballots, weight };
  };
  return {
    regions,
    isClosed: asked.closed,
    ...(asked.tally !== undefined && { total: toVoteCounts(asked.tally, sumOf) }),
    ...(asked.casting_vote !== undefined && { castingVote: asked.casting_vote }),
  };
}

function toVoteCounts(
  body: CountsBody,
  otherwise: (kind: (typeof ballotKinds)[number]) => Count = () => ({ ballots: 0, weight: 0n }),
): VoteCounts {
  const count = (kind: (typeof ballotKinds)[number]) =>
    body[kind] === undefined ? otherwise(kind) : countFrom(body[kind]);
  return {
    yes: count("yes"),
    no: count("no"),
    abstain: count("abstain"),
    blank: count("blank"),
    invalid: count("invalid"),
    ...(body.present !== undefined && { present: countFrom(body.present) }),
    ...(body.eligible !== undefined && { eligible: countFrom(body.eligible) }),
  };
}

function countFrom(body: CountBody): Count {
  if (typeof body !== "object") return { ballots: BigInt(body), weight: BigInt(body) };
  return { ballots: BigInt(body.ballots), weight: BigInt(body.weight) };
}

/** A fault with its JSON pointer in the request, whose regions are a list. */
export function toRequestFault({ pointer, detail }: RuleFault, asked: EvaluationBody): RuleFault {
  const whole = asked.tally === undefined ? "/regions" : "/tally";
  if (pointer.startsWith("/total")) return { pointer: pointer.replace("/total", whole), detail };
  const index = asked.regions.findIndex(({ region }) =>
    [`/regions/${region}`, `/regions/${region}/eligible`].includes(pointer),
  );
  const code = asked.regions[index]?.region;
  if (code === undefined) return { pointer, detail };
  return { pointer: pointer.replace(`/regions/${code}`, () => `/regions/${index}`), detail };
}
