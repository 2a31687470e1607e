import { Trans } from "@lingui/react/macro";
import { useEffect, useState, type ReactNode } from "react";

const confirmationMs = 2_000;

export type CopyButtonProps = { text: string; children: ReactNode };

/** A button that copies a text and says so. */
export function CopyButton({ text, children }: CopyButtonProps) {
  const [state, setState] = useState<"ready" | "copied" | "refused">("ready");
  useEffect(() => {
    if (state === "ready") return undefined;
    const timer = setTimeout(() => setState("ready"), confirmationMs);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = async (): Promise<void> => {
    // Without HTTPS there is no clipboard at all.
    const isCopied = await Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => true,
        () => false,
      );
    setState(isCopied ? "copied" : "refused");
  };
  return (
    <button type="button" className="button quiet" aria-live="polite" onClick={() => void copy()}>
      {state === "ready" ? children : null}
      {state === "copied" ? <Trans>Copied</Trans> : null}
      {state === "refused" ? <Trans>Copying is not allowed here</Trans> : null}
    </button>
  );
}
