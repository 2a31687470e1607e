import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress, verifyAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import { useDecisionTexts } from "../decision/decision-texts.ts";
import type { KeptBallot } from "./kept-ballots.ts";
import { PublishedLookUp } from "./published-look-up.tsx";
import { ReceiptCard } from "./receipt-card.tsx";
import { StepFrame } from "./step-frame.tsx";

export type KeptStepProps = {
  decision: ApiDecision;
  /** A list for each voter, the newest ballot last. */
  voters: readonly (readonly KeptBallot[])[];
  /** Whether a vote from this browser has no clear answer, and no ballot link is open here. */
  isUnfinished: boolean;
};

/** The ballots that were cast in this browser, once voting is over. */
export function KeptStep({ decision, voters, isUnfinished }: KeptStepProps) {
  const { title } = useDecisionTexts(decision);
  const isPublished = decision.status === "certified";
  if (voters.length === 0) {
    return (
      <StepFrame title={<Trans>Voting has closed</Trans>}>
        {isUnfinished ? <UnfinishedWarning /> : null}
        <Link className="button" href={decisionAddress(decision.id)}>
          <Trans>See the result</Trans>
        </Link>
      </StepFrame>
    );
  }
  return (
    <StepFrame title={<Trans>Your ballots</Trans>}>
      {isUnfinished ? <UnfinishedWarning /> : null}
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
            <ReceiptCard ballot={ballot} title={title} />
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

function UnfinishedWarning() {
  return (
    <p className="warning" role="alert">
      <Trans>
        A vote from this browser got no clear answer. Open its ballot link again to settle it: if
        the vote was recorded, you get its receipt. If the link has expired, ask the organiser.
      </Trans>
    </p>
  );
}
