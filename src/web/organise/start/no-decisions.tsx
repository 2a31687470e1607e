import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { Notice } from "../../ui/notice.tsx";
import { newDecisionAddress } from "../organise-addresses.ts";
import type { Session } from "../session/session-query.ts";

/** How to begin, where there is nothing yet. */
export function NoDecisions({ role }: { role: Session["role"] }) {
  if (role === "auditor") {
    return (
      <Notice title={<Trans>No decision has been opened yet</Trans>}>
        <p>
          <Trans>
            A decision appears here once its organiser opens it. Drafts are their organiser’s alone.
          </Trans>
        </p>
      </Notice>
    );
  }
  return (
    <Notice title={<Trans>No decision yet</Trans>}>
      <p>
        <Trans>
          Begin with a draft. Nobody else sees it, and everything in it can be changed until you
          open it.
        </Trans>
      </p>
      <ol className="start-steps">
        <li>
          <Trans>Draft the question, its rule and the time to vote.</Trans>
        </li>
        <li>
          <Trans>Upload the roll: the list of those who may vote.</Trans>
        </li>
        <li>
          <Trans>Open it, and send each voter a link or a letter.</Trans>
        </li>
        <li>
          <Trans>Watch the vote; it closes by itself, and is counted and certified.</Trans>
        </li>
      </ol>
      <Link className="button strong" href={newDecisionAddress}>
        <Trans>Draft the first decision</Trans>
      </Link>
    </Notice>
  );
}
