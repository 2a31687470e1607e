import type { ApiChoiceCounts, ApiTally } from "../contract.ts";
import type { ChoiceCounts } from "../results/tally-bars.ts";

/** No ballot. */
export const noBallots: ApiChoiceCounts = { yes: 0, no: 0, abstain: 0 };

/** Ballots of both. */
export function addCounts(a: ApiChoiceCounts, b: ApiChoiceCounts): ApiChoiceCounts {
  return { yes: a.yes + b.yes, no: a.no + b.no, abstain: a.abstain + b.abstain };
}

/** All ballots, whatever they say. */
export function ballotsIn({ yes, no, abstain }: ApiChoiceCounts): number {
  return yes + no + abstain;
}

/** The same as bars take it. */
export function barCounts(counts: ApiChoiceCounts): ChoiceCounts {
  return {
    yes: BigInt(counts.yes),
    no: BigInt(counts.no),
    abstain: BigInt(counts.abstain),
    all: BigInt(ballotsIn(counts)),
  };
}

/** The same as a board takes it, which shows nothing but ballots of it. */
export function boardTally(counts: ApiChoiceCounts): ApiTally {
  const only = (ballots: number) => ({ ballots, weight: "0" });
  const [yes, no, abstain] = [only(counts.yes), only(counts.no), only(counts.abstain)];
  return { yes, no, abstain, ...only(ballotsIn(counts)) };
}
