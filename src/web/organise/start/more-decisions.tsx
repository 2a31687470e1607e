import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiDecisionStatus } from "../../contract.ts";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { statusWords } from "../../ui/status-badge.tsx";
import { useSession } from "../session/use-session.ts";
import { ManagedDecisionItem } from "./managed-decision-item.tsx";
import { managedDecisionsQuery } from "./managed-decisions.ts";

export type MoreDecisionsProps = { status: ApiDecisionStatus; after: string; now: number };

/** The next page of a status, once it is asked for, and then the way to the one after. */
export function MoreDecisions({ status, after, now }: MoreDecisionsProps) {
  const { i18n } = useLingui();
  const session = useSession();
  const [isAsked, setIsAsked] = useState(false);
  const { data, error, refetch } = useQuery({
    ...managedDecisionsQuery(session, { status, after }),
    enabled: isAsked,
  });
  if (!isAsked) {
    const word = i18n._(statusWords[status]);
    return (
      <button type="button" className="button" onClick={() => setIsAsked(true)}>
        <Trans>Show earlier ones with the status “{word}”</Trans>
      </button>
    );
  }
  if (data === undefined)
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} isPart />;
  return (
    <>
      <ul className="start-rows">
        {data.items.map((decision) => (
          <ManagedDecisionItem key={decision.id} decision={decision} now={now} />
        ))}
      </ul>
      {data.next === null ? null : <MoreDecisions status={status} after={data.next} now={now} />}
    </>
  );
}
