import { choices } from "../../src/ballot/ballot.ts";
import type { VoteItem } from "../../src/cli/api/answers.ts";
import basin from "./river-basin.json" with { type: "json" };
import type { DemoDecision } from "./roll-calls.ts";

/** Members enough for several releases of ten voters in each region. */
const members = 240;
const regions = ["Delta", "Middle reach", "Headwaters"].map((code) => ({ code, name: code }));
const shared = {
  regions,
  weight_max: 1,
  ends_early: "by_organiser",
  electorate: "open",
  visibility: "live",
} as const;

/** Two invented votes of a river association, whose single ballots are not for everybody. */
export const memberVotes: readonly (DemoDecision & { endsOpen: boolean })[] = [
  {
    draft: {
      ...shared,
      slug: "floodplain-members-2026",
      title: "Give the floodplain back to the river",
      description:
        "An invented vote of a river association. Figures move in steps of ten voters, and after the close its ballots are published without names.",
      disclosure: "pseudonymous",
      rule: { preset: "simple-majority" },
    },
    roll: null,
    map: basin,
    votes: votesOf([6, 3, 1]),
    endsOpen: true,
  },
  {
    draft: {
      ...shared,
      slug: "river-levy-2026",
      title: "A levy for the river's upkeep",
      description:
        "An invented vote of a river association. Of single ballots only their hashes are published, so that each voter finds the own.",
      disclosure: "aggregate",
      rule: { preset: "two-thirds-present-and-voting" },
    },
    roll: null,
    map: basin,
    votes: votesOf([5, 4, 1]),
    endsOpen: false,
  },
];

/** Votes of all members, of every ten as many yes, no and abstentions as these. */
function votesOf(shares: readonly [yes: number, no: number, abstain: number]): VoteItem[] {
  const ten = choices.flatMap((choice, index) =>
    Array.from({ length: shares[index] ?? 0 }, () => choice),
  );
  return Array.from({ length: members }, (_, index) => ({
    voter_id: `member-${index + 1}`,
    vote: ten[(index * 7) % ten.length] ?? "yes",
    region: regions[index % regions.length]?.code ?? "",
  }));
}
