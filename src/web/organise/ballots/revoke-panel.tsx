import { Plural, Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { limits } from "../../../shared/limits.ts";
import type { ApiDecision } from "../../contract.ts";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import { RefusalNotice } from "../running/refusal-notice.tsx";
import { partsOf } from "./batches.ts";
import { namedVoters } from "./named-voters.ts";

/** Ends links that went to the wrong place, or were lost. */
export function RevokePanel({ decision: { id } }: { decision: ApiDecision }) {
  const [text, setText] = useState("");
  const [isAsking, setIsAsking] = useState(false);
  const queryClient = useQueryClient();
  const fieldId = useId();
  const voters = namedVoters(text);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => revokeLinks(id, voters),
    onSuccess: () => {
      setText("");
      setIsAsking(false);
      void queryClient.invalidateQueries({ queryKey: ["tokens", id] });
    },
  });
  return (
    <section className="invitation-step" aria-labelledby="revoke-title">
      <h2 id="revoke-title">
        <Trans>End links that were lost</Trans>
      </h2>
      <div className="form-field">
        <label htmlFor={fieldId}>
          <Trans>Voters, one on each line, as the roll names them</Trans>
        </label>
        <textarea
          id={fieldId}
          dir="auto"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <button
        type="button"
        className="button"
        disabled={voters.length === 0}
        onClick={() => setIsAsking(true)}
      >
        <Trans>End their links …</Trans>
      </button>
      {data === undefined ? null : (
        <p role="status">
          <Plural
            value={data}
            one="The links of # voter are ended."
            other="The links of # voters are ended."
          />
        </p>
      )}
      {isAsking ? (
        <ConsequenceDialog
          title={
            <Plural
              value={voters.length}
              one="End the links of # voter?"
              other="End the links of # voters?"
            />
          }
          action={<Trans>End them now</Trans>}
          isPending={isPending}
          refusal={error === null ? null : <RefusalNotice error={error} />}
          onAct={() => mutate()}
          onClose={() => setIsAsking(false)}
        >
          <p>
            <Trans>
              None of their links casts a first vote any more. Who has voted already is not touched
              by it, and nobody is told who that is. You can issue new links afterwards. That links
              were revoked, and how many, is public.
            </Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </section>
  );
}

async function revokeLinks(decisionId: string, voters: readonly string[]): Promise<number> {
  for (const { first, end } of partsOf(voters.length, limits.tokensMax)) {
    await callApi("POST /api/v1/decisions/{decisionId}/tokens/revoke", {
      path: { decisionId },
      body: { voter_ids: voters.slice(first, end) },
    });
  }
  return voters.length;
}
