import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { readBallotToken } from "../../ballot/ballot-token.ts";
import type { ApiDecision } from "../../contract.ts";
import { callApi } from "../api/organiser-api.ts";
import { RefusalNotice } from "./refusal-notice.tsx";

/** Whether the voter who shows a link has voted; that it was asked is counted publicly. */
export function LookUpForm({ decision: { id } }: { decision: ApiDecision }) {
  const [text, setText] = useState("");
  const fieldId = useId();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      callApi("POST /api/v1/decisions/{decisionId}/look-ups", {
        path: { decisionId: id },
        body: { token: readBallotToken(text)?.token ?? text.trim() },
      }),
    onSuccess: () => setText(""),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form className="part-form" onSubmit={send}>
      <div className="form-field">
        <label htmlFor={fieldId}>
          <Trans>Has the voter who shows this link voted?</Trans>
        </label>
        <p className="form-hint" id={`${fieldId}-hint`}>
          <Trans>
            For whoever sits at a station. How often it was asked is public; the link is not kept.
          </Trans>
        </p>
        <input
          id={fieldId}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${fieldId}-hint`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <button className="button" disabled={text.trim() === "" || isPending}>
        <Trans>Ask, and have it counted</Trans>
      </button>
      {error === null ? null : <RefusalNotice error={error} />}
      {data === undefined ? null : (
        <p role="status">
          {data.eligible ? null : <Trans>This voter is not on the roll.</Trans>}{" "}
          {data.has_voted === null ? <Trans>Nobody is told before the close.</Trans> : null}
          {data.has_voted === true ? <Trans>This voter has voted.</Trans> : null}
          {data.has_voted === false ? <Trans>This voter has not voted.</Trans> : null}
        </p>
      )}
    </form>
  );
}
