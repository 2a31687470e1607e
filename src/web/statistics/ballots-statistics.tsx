import { Trans } from "@lingui/react/macro";
import type { PublishedBallots } from "../contract.ts";
import { ResultBoard } from "../results/result-board.tsx";
import "../results/results.css";
import { BallotsByPeriod } from "./ballots-by-period.tsx";
import { BallotsByRegion } from "./ballots-by-region.tsx";
import { boardTally, ballotsIn } from "./choice-sums.ts";

export type BallotsStatisticsProps = {
  ballots: PublishedBallots;
  /** A region's name; its code where nobody knows it. */
  nameOf: (code: string) => string;
};

/** Published ballots by choice, region and time. */
export function BallotsStatistics({ ballots, nameOf }: BallotsStatisticsProps) {
  if (ballotsIn(ballots.total) === 0) {
    return (
      <p className="quiet-line">
        <Trans>No ballot has been published with its choice yet.</Trans>
      </p>
    );
  }
  return (
    <>
      <ResultBoard result={{ total: boardTally(ballots.total), final: true }} measure="ballots" />
      <BallotsByRegion ballots={ballots} nameOf={nameOf} />
      <BallotsByPeriod months={ballots.by_month} />
    </>
  );
}
