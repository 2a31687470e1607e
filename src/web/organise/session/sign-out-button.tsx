import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trans } from "@lingui/react/macro";
import { sendJson } from "../api/send-json.ts";
import { tellTabs } from "./session-channel.ts";

/** Ends the session in this browser; nothing that was read stays. */
export function SignOutButton() {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => sendJson("DELETE", "/api/v1/session"),
    onSuccess: () => {
      tellTabs("signed out");
      queryClient.clear();
      location.reload();
    },
  });
  return (
    <>
      <button type="button" className="button quiet" disabled={isPending} onClick={() => mutate()}>
        <Trans>Sign out</Trans>
      </button>
      {error === null ? null : (
        <span role="alert" className="form-error">
          <Trans>You are still signed in: no answer came. Try again.</Trans>
        </span>
      )}
    </>
  );
}
