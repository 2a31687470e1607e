import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { listAddress } from "../app/addresses.ts";
import type { ApiDecisionStatus } from "../contract.ts";
import { Notice } from "../ui/notice.tsx";
import { statusWords } from "../ui/status-badge.tsx";

/** Why nothing is listed, and where to go on. */
export function EmptyList({ status }: { status: ApiDecisionStatus | null }) {
  const { i18n } = useLingui();
  if (status === null) {
    return (
      <Notice title={<Trans>No decision yet</Trans>}>
        <p>
          <Trans>A decision appears here once its organiser opens it.</Trans>
        </p>
        <Link href="/organise">
          <Trans>Run decisions</Trans>
        </Link>
      </Notice>
    );
  }
  const word = i18n._(statusWords[status]);
  return (
    <Notice title={<Trans>No decision has the status “{word}”</Trans>}>
      <p>
        <Trans>Decisions in another status may be listed.</Trans>
      </p>
      <Link href={listAddress()}>
        <Trans>Show all decisions</Trans>
      </Link>
    </Notice>
  );
}
