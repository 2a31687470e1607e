import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trans } from "@lingui/react/macro";
import { useId, useState, type FormEvent } from "react";
import { sendJson } from "../api/send-json.ts";
import { sessionQuery } from "./session-query.ts";

/** Signing in with an API key, which is sent once and not kept by the page. */
export function SignIn() {
  const [key, setKey] = useState("");
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => sendJson("POST", "/api/v1/session", { key: key.trim() }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const fieldId = useId();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form className="sign-in" onSubmit={send}>
      <h1>
        <Trans>Sign in</Trans>
      </h1>
      <p>
        <Trans>For those who run decisions. Voters need no account: they use their link.</Trans>
      </p>
      <label htmlFor={fieldId}>
        <Trans>Your key</Trans>
      </label>
      <input
        id={fieldId}
        type="password"
        autoComplete="current-password"
        value={key}
        onChange={({ target }) => setKey(target.value)}
      />
      {error === null ? null : (
        <p role="alert">
          <Trans>This key is not known here. Ask an administrator for one.</Trans>
        </p>
      )}
      <button className="button strong" disabled={isPending || key.trim() === ""}>
        <Trans>Sign in</Trans>
      </button>
    </form>
  );
}
