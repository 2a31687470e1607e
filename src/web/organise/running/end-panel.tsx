import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { ApiDecision } from "../../contract.ts";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import type { StepDialogProps } from "./open-dialog.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";
import { useAct } from "./use-act.ts";

type Step = "close" | "cancel";

/** Ending a vote: by closing it early, where its terms allow that, or by cancelling it. */
export function EndPanel({ decision }: { decision: ApiDecision }) {
  const { id, status, ends_early: endsEarly } = decision;
  const [asked, setAsked] = useState<Step | null>(null);
  const { mutate, error, isPending, reset } = useAct(
    id,
    (step: Step) => endIt(id, step),
    () => setAsked(null),
  );
  const ask = (step: Step): void => {
    reset();
    setAsked(step);
  };
  const dialog = {
    decision,
    isPending,
    refusal: error === null ? null : <RefusalNotice error={error} />,
    onClose: () => setAsked(null),
  };
  return (
    <section className="running-part" aria-labelledby="end-title">
      <h2 id="end-title">
        <Trans>End it</Trans>
      </h2>
      {status !== "open" ? null : endsEarly === "by_organiser" ? (
        <>
          <p>
            <Trans>Closing counts all votes that were cast, and makes the result final.</Trans>
          </p>
          <button type="button" className="button" onClick={() => ask("close")}>
            <Trans>Close the vote now …</Trans>
          </button>
        </>
      ) : (
        <p>
          <Trans>Its terms do not let you close it early: it closes at its time.</Trans>
        </p>
      )}
      <p>
        <Trans>Cancelling ends it without a result, for good.</Trans>
      </p>
      <button type="button" className="button" onClick={() => ask("cancel")}>
        <Trans>Cancel the vote …</Trans>
      </button>
      {asked === "close" ? <CloseDialog {...dialog} onAct={() => mutate("close")} /> : null}
      {asked === "cancel" ? <CancelDialog {...dialog} onAct={() => mutate("cancel")} /> : null}
    </section>
  );
}

function endIt(decisionId: string, step: Step): Promise<ApiDecision> {
  const ask = { path: { decisionId } };
  return step === "close"
    ? callApi("POST /api/v1/decisions/{decisionId}/close", ask)
    : callApi("POST /api/v1/decisions/{decisionId}/cancel", ask);
}

function CloseDialog({ decision, ...rest }: StepDialogProps) {
  const { t } = useLingui();
  return (
    <ConsequenceDialog
      {...rest}
      title={<Trans>Close this vote now?</Trans>}
      action={<Trans>Close it for good</Trans>}
      typed={t`close`}
    >
      <ul className="consequences">
        <li>
          <Trans>
            No ballot is accepted any more; every ballot that was acknowledged is counted.
          </Trans>
        </li>
        {decision.closes_at === null ? null : (
          <li>
            <Trans>Voters were told a later end: whoever meant to vote until then can’t.</Trans>
          </li>
        )}
        <li>
          <Trans>
            The result is final, and is certified and published by itself, mostly in seconds.
          </Trans>
        </li>
        <li>
          <Trans>That you closed it, and when, is public.</Trans>
        </li>
      </ul>
    </ConsequenceDialog>
  );
}

function CancelDialog({ decision, ...rest }: StepDialogProps) {
  const { t } = useLingui();
  const isDraft = decision.status === "draft";
  return (
    <ConsequenceDialog
      {...rest}
      title={<Trans>Cancel this vote?</Trans>}
      action={<Trans>Cancel it for good</Trans>}
      typed={t`cancel`}
    >
      <ul className="consequences">
        {isDraft ? (
          <li>
            <Trans>
              The draft can’t be opened any more. Nobody but you sees it, and you can delete it.
            </Trans>
          </li>
        ) : (
          <>
            <li>
              <Trans>There is no result and no certificate, whatever was voted so far.</Trans>
            </li>
            <li>
              <Trans>All links end. Votes that were cast are never counted.</Trans>
            </li>
            <li>
              <Trans>The decision stays public, as cancelled, with its terms and its log.</Trans>
            </li>
          </>
        )}
        <li>
          <Trans>It can’t be taken back. You can copy the terms into a new draft.</Trans>
        </li>
      </ul>
    </ConsequenceDialog>
  );
}
