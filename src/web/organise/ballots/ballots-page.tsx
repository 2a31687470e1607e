import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { resultsQuery } from "../../api/queries.ts";
import type { ApiDecision } from "../../contract.ts";
import { formatInteger } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import "./ballots.css";
import { InvitationSteps } from "./invitation-steps.tsx";
import { ClosingNotice } from "../running/closing-notice.tsx";
import { RevokePanel } from "./revoke-panel.tsx";

/** Gets the ballots out: links for a mail merge, letters to print, and what ends links. */
export default function BallotsPage() {
  return (
    <DecisionFrame page="ballots">
      {(decision) => (
        <>
          <IssuedFigures decision={decision} />
          <ClosingNotice key={decision.id} decision={decision} />
          <InvitationOrNotice decision={decision} />
          <RevokePanel decision={decision} />
        </>
      )}
    </DecisionFrame>
  );
}

function InvitationOrNotice({ decision }: { decision: ApiDecision }) {
  const { id, status, electorate, roll } = decision;
  if (electorate === "roll" && roll === null) {
    return (
      <Notice title={<Trans>Links can be issued once there is a roll</Trans>}>
        <p>
          <Trans>Upload the list of who may vote first: a new roll would end all links.</Trans>
        </p>
        <Link className="button" href={organisedDecisionAddress(id, "roll")}>
          <Trans>To the roll</Trans>
        </Link>
      </Notice>
    );
  }
  if (electorate === "open" && status === "draft") {
    return (
      <Notice title={<Trans>Links can be issued once the decision is opened</Trans>}>
        <p>
          <Trans>
            There is no roll, so links are made with a key that opening makes. It may open at a
            later time: links can go out before.
          </Trans>
        </p>
        <Link className="button" href={organisedDecisionAddress(id, "running")}>
          <Trans>To opening and closing</Trans>
        </Link>
      </Notice>
    );
  }
  if (["closing", "closed", "certified", "cancelled"].includes(status)) {
    return (
      <Notice title={<Trans>Voting is over: no links are issued any more</Trans>}>
        <p>
          <Trans>
            For a day after the close the links that are out still show voters whether their vote
            was counted.
          </Trans>
        </p>
      </Notice>
    );
  }
  return <InvitationSteps key={id} decision={decision} />;
}

/** How many links went out: everybody can read that, since links are how votes come in. */
function IssuedFigures({ decision }: { decision: ApiDecision }) {
  const { i18n } = useLingui();
  const { data } = useQuery({
    ...resultsQuery(readAsSignedIn, decision.id),
    queryKey: ["tokens", decision.id],
  });
  const tokens = data === undefined || !("tokens" in data) ? null : data.tokens;
  if (tokens === null || tokens === undefined) return null;
  return (
    <section className="invitation-step" aria-labelledby="issued-title">
      <h2 id="issued-title">
        <Trans>Links that were issued</Trans>
      </h2>
      <dl className="fact-list">
        <dt>
          <Trans>Voters with a link</Trans>
        </dt>
        <dd>{formatInteger(i18n, tokens.issued)}</dd>
        <dt>
          <Trans>Issued again, which ended the one before</Trans>
        </dt>
        <dd>{formatInteger(i18n, tokens.reissued)}</dd>
        <dt>
          <Trans>Revoked</Trans>
        </dt>
        <dd>{formatInteger(i18n, tokens.revoked)}</dd>
      </dl>
      <p className="quiet-line">
        <Trans>
          Everybody can read these figures. The links themselves are nowhere to be listed, here or
          elsewhere.
        </Trans>
      </p>
    </section>
  );
}
