import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { ManagedDecisionItem } from "./managed-decision-item.tsx";
import { scopedDecisionQuery } from "./managed-decisions.ts";

/** The start for a key that is good for one decision alone. */
export function ScopedStart({ id }: { id: string }) {
  const [now] = useState(() => Date.now());
  const { data, error, refetch } = useQuery(scopedDecisionQuery(id));
  if (data === undefined)
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  return (
    <>
      <h1>
        <Trans>Your decision</Trans>
      </h1>
      <p>
        <Trans>You are signed in for this decision alone.</Trans>
      </p>
      <ul className="start-rows">
        <ManagedDecisionItem decision={{ ...data, result: null }} now={now} />
      </ul>
    </>
  );
}
