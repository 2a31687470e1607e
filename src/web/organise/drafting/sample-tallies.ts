import type { Rule } from "../../../rules/rule.ts";
import type { CountMeasure } from "../../results/measure.ts";
import { evaluateSupposed, supposedMeasures } from "../../what-if/evaluate-supposed.ts";
import type { SupposedOutcome } from "../../what-if/evaluate-supposed.ts";
import type { SupposedFigures, SupposedRow } from "../../what-if/supposed-figures.ts";

export const sampleNames = [
  "all_yes",
  "clear",
  "two_thirds",
  "narrow",
  "equal",
  "few_came",
  "divided",
  "against_weight",
] as const;
/** How people vote in a sample. */
export type SampleName = (typeof sampleNames)[number];

/** Per cent of those who may vote: for, against, and abstaining. */
type Split = { yes: bigint; no: bigint; abstain: bigint };

export type SampleResult = {
  name: SampleName;
  figures: SupposedFigures;
  /** Null where the rule can't be tried on it. */
  outcome: SupposedOutcome | null;
};

/** What samples are made for. */
export interface SampleGround {
  regions: readonly { code: string; name: string }[];
  /** How many vote in each region, or in all where there are none. */
  votersEach: bigint;
}

/** How many voters a sample supposes of each region, so that its figures read as per cent. */
export const sampleVoters = 100n;

/** More regions than this are not needed to see what a rule does. */
const regionsMax = 60;

/** Tries a rule on votes as they might come, so that whoever drafts it sees what it does. */
export function trySamples(rule: Rule, ground: SampleGround): SampleResult[] {
  const hasWeights = supposedMeasures(rule).includes("weight");
  const names = sampleNames.filter(
    (name) =>
      (name !== "divided" || ground.regions.length > 1) &&
      (name !== "against_weight" || hasWeights),
  );
  return names.map((name) => {
    const figures = sampleFigures(name, ground);
    const outcome = evaluateSupposed(rule, figures);
    return { name, figures, outcome: typeof outcome === "string" ? null : outcome };
  });
}

/** The votes of a sample, by region. */
export function sampleFigures(
  name: SampleName,
  { regions, votersEach }: SampleGround,
): SupposedFigures {
  const places = regions.length === 0 ? [{ code: "", name: "" }] : regions.slice(0, regionsMax);
  const rows = places.map((place, index): SupposedRow => {
    const heads = splitOf(name, index, places.length);
    const weights = name === "against_weight" ? { ...heads, yes: heads.no, no: heads.yes } : heads;
    const count = (kind: keyof Split) => ({
      ballots: (votersEach * heads[kind]) / 100n,
      weight: (votersEach * weights[kind]) / 100n,
    });
    return {
      ...place,
      choices: { yes: count("yes"), no: count("no"), abstain: count("abstain") },
      eligible: { ballots: votersEach, weight: votersEach },
    };
  });
  const none = { ballots: 0n, weight: 0n };
  const all = votersEach * BigInt(places.length);
  return {
    rows,
    rest: { yes: none, no: none, abstain: none },
    eligible: { ballots: all, weight: all },
    isEven: name !== "against_weight",
  };
}

const splits: Record<Exclude<SampleName, "divided">, Split> = {
  all_yes: { yes: 100n, no: 0n, abstain: 0n },
  clear: { yes: 60n, no: 35n, abstain: 5n },
  two_thirds: { yes: 66n, no: 33n, abstain: 0n },
  narrow: { yes: 51n, no: 49n, abstain: 0n },
  equal: { yes: 40n, no: 40n, abstain: 20n },
  few_came: { yes: 10n, no: 0n, abstain: 0n },
  against_weight: { yes: 60n, no: 40n, abstain: 0n },
};

/** In a divided vote the larger half of the places is against by a little, the others for by much. */
function splitOf(name: SampleName, index: number, places: number): Split {
  if (name !== "divided") return splits[name];
  return index * 2 < places
    ? { yes: 45n, no: 55n, abstain: 0n }
    : { yes: 95n, no: 5n, abstain: 0n };
}

/** The sum of a choice over all places of a sample. */
export function sampleSum(
  { rows }: SupposedFigures,
  choice: "yes" | "no" | "abstain",
  measure: CountMeasure,
): bigint {
  return rows.reduce((sum, { choices }) => sum + choices[choice][measure], 0n);
}
