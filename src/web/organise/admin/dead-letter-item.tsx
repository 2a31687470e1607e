import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Moment } from "../../ui/moment.tsx";
import { callApi } from "../api/organiser-api.ts";
import { ConsequenceDialog } from "../dialog/consequence-dialog.tsx";
import {
  deadLetterKindOf,
  deadLetterWords,
  replayOutcomeWords,
  type ListedDeadLetter,
} from "./dead-letter-words.ts";
import { AdminRefusal } from "./admin-refusal.tsx";

export type DeadLetterItemProps = {
  deadLetter: ListedDeadLetter;
  /** Whether whoever is signed in may do something about it. */
  mayChange: boolean;
  onChanged: () => void;
};

/** One dead letter: what happened, what to do, and what came of it. */
export function DeadLetterItem({ deadLetter, mayChange, onChanged }: DeadLetterItemProps) {
  const { i18n } = useLingui();
  const { id, decision_id: decisionId, shard, seq, cause, retries, at, open } = deadLetter;
  const words = deadLetterWords(i18n, deadLetterKindOf(deadLetter));
  const titleId = useId();
  return (
    <li aria-labelledby={titleId}>
      <h2 id={titleId}>
        {decisionId === null ? (
          <Trans>A record of no decision</Trans>
        ) : (
          <Trans>
            Ballot {seq} of shard {shard} of {decisionId}
          </Trans>
        )}
      </h2>
      <p>{words.what}</p>
      {open ? (
        <p>{words.next}</p>
      ) : (
        <p>
          <Trans>Its ballot is in the database by now: nothing is left to do.</Trans>
        </p>
      )}
      <p className="form-hint">
        <Trans>
          Cause, in the database’s own words: <bdi lang="en">{cause}</bdi>
        </Trans>
      </p>
      <p className="form-hint">
        <Moment iso={at} /> · <Trans>tried {retries} times</Trans>
      </p>
      <DeadLetterRecord id={id} />
      {mayChange && open ? (
        <DeadLetterActions deadLetter={deadLetter} onChanged={onChanged} />
      ) : null}
    </li>
  );
}

/** The record that was refused, once it is asked for. */
function DeadLetterRecord({ id }: { id: string }) {
  const [isAsked, setIsAsked] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["dead-letter", id],
    queryFn: ({ signal }) =>
      callApi(
        "GET /api/v1/dead-letters/{deadLetterId}",
        { path: { deadLetterId: id } },
        { signal },
      ),
    enabled: isAsked,
  });
  return (
    <details onToggle={({ currentTarget }) => setIsAsked(currentTarget.open)}>
      <summary>
        <Trans>The record that was refused</Trans>
      </summary>
      {error === null ? null : <AdminRefusal error={error} />}
      {data === undefined ? null : (
        <pre className="record-text" dir="ltr" tabIndex={0}>
          {data.body}
        </pre>
      )}
    </details>
  );
}

type DeadLetterActionsProps = { deadLetter: ListedDeadLetter; onChanged: () => void };

function DeadLetterActions({ deadLetter, onChanged }: DeadLetterActionsProps) {
  const { i18n } = useLingui();
  const [isDropAsked, setIsDropAsked] = useState(false);
  const path = { deadLetterId: deadLetter.id };
  const replay = useMutation({
    mutationFn: () => callApi("POST /api/v1/dead-letters/{deadLetterId}/replay", { path }),
    onSuccess: ({ outcome }) => {
      // Where it is gone, the list says so; where it stays, what came of it stands here.
      if (outcome === "landed" || outcome === "not_recorded") setTimeout(onChanged, 4_000);
    },
  });
  const drop = useMutation({
    mutationFn: () => callApi("POST /api/v1/dead-letters/{deadLetterId}/dismiss", { path }),
    onSuccess: onChanged,
  });
  return (
    <>
      <p className="dialog-actions">
        <button
          type="button"
          className="button"
          disabled={replay.isPending}
          onClick={() => replay.mutate()}
        >
          <Trans>Write it again</Trans>
        </button>
        {deadLetter.decision_id === null ? (
          <button type="button" className="button" onClick={() => setIsDropAsked(true)}>
            <Trans>Drop it …</Trans>
          </button>
        ) : null}
      </p>
      <p role="status">
        {replay.data === undefined ? null : replayOutcomeWords(i18n, replay.data.outcome)}
      </p>
      {replay.error === null ? null : <AdminRefusal error={replay.error} />}
      {isDropAsked ? (
        <ConsequenceDialog
          title={<Trans>Drop this dead letter for good?</Trans>}
          action={<Trans>Drop it</Trans>}
          isPending={drop.isPending}
          refusal={drop.error === null ? null : <AdminRefusal error={drop.error} />}
          onAct={() => drop.mutate()}
          onClose={() => setIsDropAsked(false)}
        >
          <p>
            <Trans>
              Its text is deleted and can’t be brought back. The audit log keeps its digest, and
              which key dropped it. No vote is lost by it: votes are in the record.
            </Trans>
          </p>
        </ConsequenceDialog>
      ) : null}
    </>
  );
}
