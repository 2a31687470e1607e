import { Trans } from "@lingui/react/macro";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { newDecisionAddress } from "../organise-addresses.ts";
import { useSession } from "../session/use-session.ts";
import { DecisionGroupSection } from "./decision-group-section.tsx";
import { groupDecisions } from "./group-decisions.ts";
import { managedDecisionsQuery, managedStatuses } from "./managed-decisions.ts";
import { MoreDecisions } from "./more-decisions.tsx";
import { NoDecisions } from "./no-decisions.tsx";
import { ScopedStart } from "./scoped-start.tsx";
import "./start.css";

/** Where those who run decisions begin: what waits for them first. */
export default function StartPage() {
  const { decision_id: scope } = useSession();
  return scope === null ? <AllDecisions /> : <ScopedStart id={scope} />;
}

function AllDecisions() {
  const session = useSession();
  const [now] = useState(() => Date.now());
  const lists = useQueries({
    queries: managedStatuses.map((status) => managedDecisionsQuery(session, { status })),
  });
  const failed = lists.find(({ data, error }) => data === undefined && error !== null);
  const isLoading = lists.some(({ data }) => data === undefined);
  const decisions = lists.flatMap(({ data }) => data?.items ?? []);
  const groups = groupDecisions(decisions, now);
  const mayCreate = session.role !== "auditor";
  return (
    <>
      <header className="start-head">
        <h1>
          {session.role === "organiser" ? (
            <Trans>My decisions</Trans>
          ) : (
            <Trans>All decisions</Trans>
          )}
        </h1>
        {mayCreate ? (
          <Link className="button strong" href={newDecisionAddress}>
            <Trans>New decision</Trans>
          </Link>
        ) : null}
      </header>
      {failed?.error ? (
        <ReadFailure
          error={failed.error}
          isPart
          onRetry={() => Promise.all(lists.map(({ refetch }) => refetch()))}
        />
      ) : null}
      {failed === undefined && isLoading ? <Loading /> : null}
      {!isLoading && decisions.length === 0 ? <NoDecisions role={session.role} /> : null}
      {isLoading
        ? null
        : groups.map((group) => <DecisionGroupSection key={group.turn} group={group} now={now} />)}
      {lists.map(({ data }, index) => {
        const status = managedStatuses[index];
        const next = data?.next ?? null;
        return status === undefined || next === null ? null : (
          <MoreDecisions key={status} status={status} after={next} now={now} />
        );
      })}
    </>
  );
}
