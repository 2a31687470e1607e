import { useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { listAddress } from "../app/addresses.ts";
import type { ApiDecisionStatus } from "../contract.ts";
import { statusWords } from "../ui/status-badge.tsx";
import { listedStatuses } from "./wanted-list.ts";

/** Links that narrow the list, so that a narrowed list can be shared too. */
export function StatusFilter({ current }: { current: ApiDecisionStatus | null }) {
  const { i18n, t } = useLingui();
  return (
    <nav className="filter" aria-label={t`Filter by status`}>
      {[null, ...listedStatuses].map((status) => (
        <Link
          key={status}
          href={listAddress({ status })}
          {...(status === current ? { "aria-current": "page" } : {})}
        >
          {status === null ? t`All` : i18n._(statusWords[status])}
        </Link>
      ))}
    </nav>
  );
}
