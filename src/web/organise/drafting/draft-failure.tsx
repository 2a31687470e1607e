import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { sessionQuery } from "../session/session-query.ts";
import type { SaveFailure } from "./refusal-words.ts";

export type DraftFailureProps = { failure: SaveFailure | null; attempt: number };

/** Why nothing was saved, and the way on; it takes the focus, and so is heard at once. */
export function DraftFailure({ failure, attempt }: DraftFailureProps) {
  const queryClient = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (failure === null) return null;
  const { title, way, isSignedOut } = failure;
  return (
    <div className="notice" role="alert" tabIndex={-1} ref={box}>
      <p className="notice-title" dir="auto">
        {title}
      </p>
      <p dir="auto">{way}</p>
      {isSignedOut && (
        <button
          type="button"
          className="button strong"
          onClick={() => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })}
        >
          <Trans>Sign in again</Trans>
        </button>
      )}
    </div>
  );
}
