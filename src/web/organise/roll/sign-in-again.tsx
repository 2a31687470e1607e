import { Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { sendJson } from "../api/send-json.ts";
import { sessionQuery } from "../session/session-query.ts";

/** Signs in again with a key, without leaving what is under way. */
export function SignInHere({ onSignedIn }: { onSignedIn: () => void }) {
  const id = useId();
  const [key, setKey] = useState("");
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => sendJson("POST", "/api/v1/session", { key: key.trim() }),
    onSuccess: () => {
      setKey("");
      onSignedIn();
      return queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form className="form-field" onSubmit={send}>
      <label htmlFor={id}>
        <Trans>Your key</Trans>
      </label>
      <input
        id={id}
        type="password"
        autoComplete="current-password"
        value={key}
        onChange={({ target }) => setKey(target.value)}
      />
      {error === null ? null : (
        <p className="form-error" role="alert">
          <Trans>This key is not known here.</Trans>
        </p>
      )}
      <button className="button strong" disabled={isPending || key.trim() === ""}>
        <Trans>Sign in</Trans>
      </button>
    </form>
  );
}
