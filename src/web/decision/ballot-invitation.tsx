import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress, verifyAddress } from "../app/addresses.ts";
import { useHasVoted } from "../ballot/use-has-voted.ts";
import type { ApiDecision } from "../contract.ts";
import { isOver } from "./decision-phase.ts";

/** The way to the ballot while one can vote, and to the check of a receipt afterwards. */
export function BallotInvitation({ decision: { id, status } }: { decision: ApiDecision }) {
  const hasVoted = useHasVoted(id);
  if (hasVoted && (status === "open" || isOver(status))) {
    return (
      <section className="invitation" aria-labelledby="invitation-title">
        <h2 id="invitation-title">
          <Trans>You have voted</Trans>
        </h2>
        <p>
          <Trans>This browser keeps your receipt.</Trans>
        </p>
        <Link className="button" href={decisionAddress(id, "ballot")}>
          <Trans>See your vote and its receipt</Trans>
        </Link>
      </section>
    );
  }
  if (status === "open") {
    return (
      <section className="invitation" aria-labelledby="invitation-title">
        <h2 id="invitation-title">
          <Trans>Your vote</Trans>
        </h2>
        <p>
          <Trans>Open the link that the organiser sent you, or have your ballot token ready.</Trans>
        </p>
        <Link className="button strong" href={decisionAddress(id, "ballot")}>
          <Trans>Go to the ballot</Trans>
        </Link>
      </section>
    );
  }
  if (!isOver(status)) return null;
  return (
    <section className="invitation" aria-labelledby="invitation-title">
      <h2 id="invitation-title">
        <Trans>Did you vote?</Trans>
      </h2>
      <p>
        <Trans>With your receipt you can see that your vote was counted as you cast it.</Trans>
      </p>
      <Link className="button" href={verifyAddress(id)}>
        <Trans>Check a receipt</Trans>
      </Link>
    </section>
  );
}
