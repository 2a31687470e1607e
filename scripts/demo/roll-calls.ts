import { choices } from "../../src/ballot/ballot.ts";
import type { DecisionDraftBody, VoteItem } from "../../src/cli/api/answers.ts";
import extract from "./roll-calls.json" with { type: "json" };

/** A decision of the demonstration and the votes in it. */
export type DemoDecision = {
  draft: DecisionDraftBody & { slug: string; regions: { code: string }[] };
  votes: VoteItem[];
  /** The roll as CSV, where the decision has one. */
  roll: string | null;
  /** GeoJSON of its regions, where it is drawn. */
  map: Record<string, unknown> | null;
};

/**
 * The decision that is put to a roll and stays open with its turnout alone to see, and the states
 * of the extract that had ended before it.
 */
const decisionWithRoll = "oil-slick-lebanon-2019";
const endedStates = new Set(["CS", "YAR", "YD"]);
/**
 * Peace and security are important questions, which take two thirds of those present and voting
 * (Charter, article 18); the others more yes than no.
 */
const importantQuestions = new Set(["environment-and-disarmament-2002", "nuclear-tests-1991"]);

/** Codes that name another state today, or none; the runtime has names for the others. */
const formerNames: Readonly<Record<string, string>> = {
  CS: "Czechoslovakia",
  YAR: "Yemen Arab Republic",
  YD: "Democratic Yemen",
  YU: "Yugoslavia",
};
const names = new Intl.DisplayNames("en", { type: "region" });

/** The roll calls of the demonstration. The first is the one that is left open. */
export function readDemoRollCalls(): DemoDecision[] {
  const regions = Object.entries(extract.regions);
  const regionOf = new Map(
    regions.flatMap(([region, codes]) => codes.split(" ").map((code) => [code, region] as const)),
  );
  const states = [...regionOf].filter(([code]) => !endedStates.has(code));
  const roll = ["voter_id,region", ...states.map((state) => state.join(","))].join("\n");
  return extract.roll_calls.map(({ id, title, description, votes }) => ({
    draft: {
      slug: id,
      title,
      description,
      regions: regions.map(([code]) => ({ code, name: code })),
      weight_max: 1,
      disclosure: "roll_call",
      ends_early: "by_organiser",
      electorate: id === decisionWithRoll ? "roll" : "open",
      visibility: id === decisionWithRoll ? "turnout" : "live",
      rule: {
        preset: importantQuestions.has(id) ? "two-thirds-present-and-voting" : "simple-majority",
      },
    },
    roll: id === decisionWithRoll ? roll : null,
    map: null,
    votes: inLivelyOrder(
      choices.flatMap((vote) =>
        votes[vote]
          .split(" ")
          .filter((code) => code !== "")
          .map((code) => ({
            voter_id: code,
            vote,
            region: regionOf.get(code) ?? "",
            name: formerNames[code] ?? names.of(code) ?? code,
          })),
      ),
    ),
  }));
}

/**
 * A stride that shares no factor with any number of voters below it mixes choices and regions, the
 * same way every time.
 */
const stride = 211;

function inLivelyOrder(votes: readonly VoteItem[]): VoteItem[] {
  return Array.from(
    { length: votes.length },
    (_, index) => votes[(index * stride) % votes.length],
  ).filter((vote) => vote !== undefined);
}
