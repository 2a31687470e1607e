import type { I18n } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Refusal } from "../api/read-api.ts";
import { refusalText } from "../api/refusal-text.ts";
import { Notice } from "./notice.tsx";

export type ReadFailureProps = {
  error: Error;
  onRetry: () => unknown;
  /** It stands for a part of a page that has its heading. */
  isPart?: boolean;
};

/** What to show when something could not be read, and what to do next. */
export function ReadFailure({ error, onRetry, isPart = false }: ReadFailureProps) {
  const { i18n } = useLingui();
  const { title, text, isFinal = false } = explain(i18n, error);
  return (
    <Notice title={title} isProblem isPage={!isPart}>
      <p>{text}</p>
      {isFinal ? null : (
        <button type="button" className="button" onClick={() => onRetry()}>
          <Trans>Try again</Trans>
        </button>
      )}
    </Notice>
  );
}

type Explanation = { title: ReactNode; text: ReactNode; isFinal?: boolean };

function explain(i18n: I18n, error: Error): Explanation {
  if (!(error instanceof Refusal)) {
    return {
      title: <Trans>No answer came</Trans>,
      text: <Trans>Check your connection, then try again.</Trans>,
    };
  }
  const { status, code } = error.problem;
  if (code === "decision.not_found") {
    return {
      title: <Trans>There is no such decision</Trans>,
      text: (
        <Trans>
          The address may be mistyped, or the decision may not be public. Ask whoever sent it to
          you, or look through the list.
        </Trans>
      ),
      isFinal: true,
    };
  }
  if (status === 429) {
    return {
      title: <Trans>This can’t be shown this second</Trans>,
      text: (
        <Trans>There are too many requests right now. Wait a few seconds, then try again.</Trans>
      ),
    };
  }
  if (status < 500) {
    return {
      title: <Trans>This can’t be shown</Trans>,
      text: refusalText(i18n, error.problem),
      isFinal: true,
    };
  }
  return {
    title: <Trans>The server could not answer</Trans>,
    text: <Trans>It is busy or being repaired. Nothing is lost. Try again in a moment.</Trans>,
  };
}
