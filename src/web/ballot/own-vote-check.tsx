import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { OwnVoteAnswer } from "./own-vote.ts";

export type OwnVoteCheckProps = { onAsk: () => Promise<OwnVoteAnswer> };

/** A button that asks whether this very ballot is counted, and where its answer appears. */
export function OwnVoteCheck({ onAsk }: OwnVoteCheckProps) {
  const [answer, setAnswer] = useState<OwnVoteAnswer | "asking" | null>(null);
  const ask = async (): Promise<void> => {
    setAnswer("asking");
    setAnswer(await onAsk());
  };
  return (
    <div className="own-vote">
      <button type="button" className="button" onClick={() => void ask()}>
        <Trans>Is it counted?</Trans>
      </button>
      <p role="status">
        {answer === "asking" ? <Trans>Asking…</Trans> : null}
        {answer === "counted" ? <Trans>Yes: this ballot is the one that is counted.</Trans> : null}
        {answer === "not counted" ? (
          <Trans>
            This ballot is not counted: a later one replaced it, or took it back. If that was not
            you, tell the organiser.
          </Trans>
        ) : null}
        {answer === "unknown" ? (
          <Trans>It could not be asked just now. Try it again later.</Trans>
        ) : null}
      </p>
    </div>
  );
}
