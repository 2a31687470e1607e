import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import { Moment } from "../ui/moment.tsx";
import { StepFrame } from "./step-frame.tsx";

/** For a decision that takes no votes now: since when, or from when on. */
export function NotOpenStep({ decision }: { decision: ApiDecision }) {
  const { id, status, opens_at: opensAt } = decision;
  const opens = <Moment iso={opensAt ?? ""} />;
  if (status === "draft" || status === "scheduled") {
    return (
      <StepFrame title={<Trans>Voting has not opened yet</Trans>}>
        <p>
          {opensAt === null ? (
            <Trans>The organiser opens it. Keep your ballot link until then.</Trans>
          ) : (
            <Trans>
              It opens on {opens}. Keep your ballot link, or leave this page open: the ballot
              appears here.
            </Trans>
          )}
        </p>
      </StepFrame>
    );
  }
  const result = (
    <Link className="button" href={decisionAddress(id)}>
      <Trans>See the result</Trans>
    </Link>
  );
  return status === "cancelled" ? (
    <StepFrame title={<Trans>This decision was cancelled</Trans>}>
      <p>
        <Trans>The organiser ended it without a result. No vote is taken.</Trans>
      </p>
    </StepFrame>
  ) : (
    <StepFrame title={<Trans>Voting has closed</Trans>}>
      <p>
        <Trans>No ballot is accepted after closing.</Trans>
      </p>
      {result}
    </StepFrame>
  );
}
