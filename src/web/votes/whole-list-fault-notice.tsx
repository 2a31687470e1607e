import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { verifyAddress } from "../app/addresses.ts";
import { Notice } from "../ui/notice.tsx";
import type { WholeListFault } from "./whole-list.ts";

export type WholeListFaultNoticeProps = { fault: WholeListFault | null; decisionId: string };

/** Says that what is published is wrong, and leads to the page that says how. */
export function WholeListFaultNotice({ fault, decisionId }: WholeListFaultNoticeProps) {
  if (fault === null) return null;
  return (
    <Notice isProblem title={<Trans>What is published is not what was signed</Trans>}>
      <p>
        {fault === "outcome" ? (
          <Trans>The signed outcome cannot be read, so the votes are listed unfiltered.</Trans>
        ) : (
          <Trans>Do not rely on this list before you have looked at what is wrong.</Trans>
        )}
      </p>
      <Link className="button" href={verifyAddress(decisionId)}>
        <Trans>See what is wrong</Trans>
      </Link>
    </Notice>
  );
}
