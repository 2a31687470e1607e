import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { verifyAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import type { KeptBallot } from "./kept-ballots.ts";
import { PublishedLookUp } from "./published-look-up.tsx";
import { ReceiptCard } from "./receipt-card.tsx";
import { StepFrame } from "./step-frame.tsx";

export type KeptStepProps = {
  decision: ApiDecision;
  /** A list for each voter, the newest ballot last. */
  voters: readonly (readonly KeptBallot[])[];
};

/** The ballots that were cast in this browser, once voting is over. */
export function KeptStep({ decision, voters }: KeptStepProps) {
  const isPublished = decision.status === "certified";
  return (
    <StepFrame title={<Trans>Your ballots</Trans>}>
      <p>
        {isPublished ? (
          <Trans>Voting is over and the lists are published. Look your ballots up.</Trans>
        ) : (
          <Trans>
            Voting is over. Once the result is certified you can look your ballots up here.
          </Trans>
        )}
      </p>
      {voters.flatMap((own) =>
        own.map((ballot, index) => (
          <div key={ballot.nonce} className="step">
            <ReceiptCard ballot={ballot} title={decision.title} />
            {isPublished ? (
              <PublishedLookUp ballot={ballot} isNewest={index === own.length - 1} />
            ) : null}
          </div>
        )),
      )}
      {isPublished ? (
        <Link href={verifyAddress(decision.id)}>
          <Trans>Recount the whole result and check a receipt</Trans>
        </Link>
      ) : null}
    </StepFrame>
  );
}
