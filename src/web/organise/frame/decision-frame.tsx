import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { decisionQuery } from "../../api/queries.ts";
import type { ApiDecision } from "../../contract.ts";
import { RehearsalNote } from "../../decision/rehearsal-note.tsx";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { organisedDecisionAddress, type RunningPage } from "../organise-addresses.ts";
import { useSession } from "../session/use-session.ts";

/** What opens, closes or is certified by itself is seen to within this time. */
const followMs = 5_000;

export type DecisionFrameProps = {
  /** The tab that is shown; null for the decision's terms. */
  page: RunningPage | null;
  children: (decision: ApiDecision) => ReactNode;
};

/** A page of one decision for those who run it: its title and status, and its other pages as tabs. */
export function DecisionFrame({ page, children }: DecisionFrameProps) {
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery({
    ...decisionQuery(readAsSignedIn, id),
    refetchInterval: ({ state }) => (isMoving(state.data) ? followMs : false),
  });
  if (data === undefined) {
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  }
  return (
    <>
      <header className="decision-top">
        <StatusBadge status={data.status} />
        <RehearsalNote decision={data} />
        <h1 dir="auto">{data.title}</h1>
        <DecisionTabs id={id} page={page} />
      </header>
      {children(data)}
    </>
  );
}

/** Whether a decision may change without anybody here doing anything. */
function isMoving(decision: ApiDecision | undefined): boolean {
  return ["scheduled", "open", "closing", "closed"].includes(decision?.status ?? "");
}

function DecisionTabs({ id, page }: { id: string; page: RunningPage | null }) {
  const { t } = useLingui();
  const { role } = useSession();
  const tabs: { page: RunningPage | null; text: string }[] = [
    { page: null, text: t`Terms` },
    ...(role === "auditor" ? [] : [{ page: "map" as const, text: t`Map` }]),
    { page: "roll", text: t`Roll` },
    ...(role === "auditor" ? [] : [{ page: "ballots" as const, text: t`Ballot links` }]),
    { page: "running", text: t`Running` },
    { page: "records", text: t`Records` },
    ...(role === "organiser" ? [] : [{ page: "audit" as const, text: t`Audit` }]),
  ];
  return (
    <nav className="decision-tabs" aria-label={t`This decision`}>
      {tabs.map((tab) => (
        <Link
          key={tab.page ?? "terms"}
          href={
            tab.page === null
              ? organisedDecisionAddress(id)
              : organisedDecisionAddress(id, tab.page)
          }
          {...(tab.page === page ? { "aria-current": "page" } : {})}
        >
          {tab.text}
        </Link>
      ))}
    </nav>
  );
}
