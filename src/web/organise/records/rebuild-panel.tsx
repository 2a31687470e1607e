import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { RefusalNotice } from "../running/refusal-notice.tsx";

/** Writes a decision into the database again, from the record; for administrators. */
export function RebuildPanel({ id }: { id: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, isSuccess, error, isPending } = useMutation({
    mutationFn: () =>
      callApi("POST /api/v1/decisions/{decisionId}/rebuild", { path: { decisionId: id } }),
    onSuccess: () => setIsAsking(false),
  });
  return (
    <section className="running-part" aria-labelledby="rebuild-title">
      <h2 id="rebuild-title">
        <Trans>Lists and exports</Trans>
      </h2>
      <p>
        <Trans>
          They come from the database, which is made from the record. Where they are wrong, write
          them again.
        </Trans>
      </p>
      <button type="button" className="button" onClick={() => setIsAsking(true)}>
        <Trans>Write them again …</Trans>
      </button>
      {isSuccess ? (
        <p role="status">
          <Trans>It has begun, and goes on by itself.</Trans>
        </p>
      ) : null}
      {isAsking ? (
        <ConsequenceDialog
          title={<Trans>Write this decision into the database again?</Trans>}
          action={<Trans>Write it again</Trans>}
          isPending={isPending}
          refusal={error === null ? null : <RefusalNotice error={error} />}
          onAct={() => mutate()}
          onClose={() => setIsAsking(false)}
        >
          <p>
            <Trans>
              No vote and no result changes. Rows that are not the record’s are removed. Lists may
              be behind for some minutes, and the decision’s log says that you did it.
            </Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </section>
  );
}
