import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState, type FormEvent } from "react";
import { Refusal } from "../../api/read-api.ts";
import { sendJson } from "../api/send-json.ts";
import { tellTabs } from "./session-channel.ts";
import { sessionQuery } from "./session-query.ts";
import { signInRefusal } from "./sign-in-words.ts";

/** Signing in with an API key, which is sent once and not kept by the page. */
export function SignInForm({ onSignedIn }: { onSignedIn?: () => void }) {
  const { i18n } = useLingui();
  const [key, setKey] = useState("");
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => sendJson("POST", "/api/v1/session", { key: key.trim() }),
    onSuccess: async () => {
      setKey("");
      tellTabs("signed in");
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      onSignedIn?.();
    },
  });
  const fieldId = useId();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const refusal = error instanceof Refusal ? error.problem.code : null;
  return (
    <form className="sign-in-form" onSubmit={send}>
      <label htmlFor={fieldId}>
        <Trans>Your key</Trans>
      </label>
      <input
        id={fieldId}
        type="password"
        autoComplete="current-password"
        spellCheck={false}
        value={key}
        aria-invalid={error !== null}
        aria-describedby={`${fieldId}-hint ${fieldId}-error`}
        onChange={({ target }) => setKey(target.value)}
      />
      <p id={`${fieldId}-hint`} className="form-hint">
        <Trans>
          It begins with “eg_” and came from an administrator. It is sent once; this page does not
          keep it.
        </Trans>
      </p>
      <p id={`${fieldId}-error`} className="form-error" role="alert">
        {error === null ? null : i18n._(signInRefusal(refusal))}
      </p>
      <button className="button strong" disabled={isPending || key.trim() === ""}>
        <Trans>Sign in</Trans>
      </button>
    </form>
  );
}
