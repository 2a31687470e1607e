import { Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { AdminRefusal } from "./admin-refusal.tsx";

/** Sends a decision to the database again, after it was said what that means. */
export function RebuildButton({ id }: { id: string }) {
  const [isAsked, setIsAsked] = useState(false);
  const queryClient = useQueryClient();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () =>
      callApi("POST /api/v1/decisions/{decisionId}/rebuild", { path: { decisionId: id } }),
    onSuccess: async () => {
      setIsAsked(false);
      await queryClient.invalidateQueries({ queryKey: ["certification", id] });
    },
  });
  return (
    <>
      <p>
        <button type="button" className="button" onClick={() => setIsAsked(true)}>
          <Trans>
            Send to the database again …<span className="unseen"> {id}</span>
          </Trans>
        </button>
      </p>
      {isSuccess ? (
        <p role="status">
          <Trans>Begun. It goes on by itself, some thousand ballots a second.</Trans>
        </p>
      ) : null}
      {isAsked ? (
        <ConsequenceDialog
          title={<Trans>Send this decision to the database again?</Trans>}
          action={<Trans>Send it again</Trans>}
          isPending={isPending}
          refusal={error === null ? null : <AdminRefusal error={error} />}
          onAct={() => mutate()}
          onClose={() => setIsAsked(false)}
        >
          <p>
            <Trans>
              All its ballots are sent from the record, and rows that are not the record’s are
              removed. No vote changes. Lists may lag behind meanwhile, and it stands in the
              decision’s audit log, which is public.
            </Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </>
  );
}
