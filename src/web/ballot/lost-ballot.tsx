import { useEffect, useState } from "react";
import { ReadFailure, type ReadFailureProps } from "../ui/read-failure.tsx";
import { readBallotToken, tokenInLink, type BallotToken } from "./ballot-token.ts";
import { OtherDecisionStep } from "./other-decision-step.tsx";

export type LostBallotProps = ReadFailureProps & {
  /** Of the address. */
  decisionId: string;
};

/**
 * For a ballot whose decision can't be shown: where the link's token names another decision than its
 * address does, that one is offered.
 */
export function LostBallot({ decisionId, error, onRetry }: LostBallotProps) {
  const [token, setToken] = useState<BallotToken | null>(null);
  useEffect(() => setToken(readBallotToken(tokenInLink(location.hash) ?? "")), []);
  if (token === null || token.claims.decisionId === decisionId) {
    return <ReadFailure error={error} onRetry={onRetry} />;
  }
  return (
    <div className="ballot">
      <OtherDecisionStep token={token} />
    </div>
  );
}
