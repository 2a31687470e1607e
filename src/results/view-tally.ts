import type { RegionTally } from "../ballot/tally.ts";

/** A tally as the API shows it. */
export function viewTally({ yes, no, abstain }: RegionTally) {
  return {
    yes: { ballots: yes.ballots, weight: String(yes.weight) },
    no: { ballots: no.ballots, weight: String(no.weight) },
    abstain: { ballots: abstain.ballots, weight: String(abstain.weight) },
    ballots: yes.ballots + no.ballots + abstain.ballots,
    weight: String(yes.weight + no.weight + abstain.weight),
  };
}

/** Tallies of regions as the API shows them. */
export function viewRegions(
  regions: ReadonlyMap<string, RegionTally>,
): ({ region: string } & ReturnType<typeof viewTally>)[] {
  return [...regions].map(([region, tally]) => ({ region, ...viewTally(tally) }));
}
