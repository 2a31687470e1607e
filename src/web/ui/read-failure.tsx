import { Trans } from "@lingui/react/macro";
import { Refusal } from "../api/read-api.ts";

export type ReadFailureProps = { error: Error; onRetry: () => unknown };

/** What to show when something could not be read, and what to do next. */
export function ReadFailure({ error, onRetry }: ReadFailureProps) {
  const retry = (
    <button type="button" onClick={() => onRetry()}>
      <Trans>Try again</Trans>
    </button>
  );
  if (error instanceof Refusal && error.problem.status < 500 && error.problem.status !== 429) {
    return (
      <div className="notice" role="alert">
        <p className="notice-title">
          <Trans>This can’t be shown</Trans>
        </p>
        <p>{error.message}</p>
      </div>
    );
  }
  return (
    <div className="notice" role="alert">
      <p className="notice-title">
        <Trans>No answer came</Trans>
      </p>
      <p>
        {error instanceof Refusal ? (
          <Trans>
            The server is busy or being repaired. Nothing is lost. Try again in a moment.
          </Trans>
        ) : (
          <Trans>No answer came from the server. Check your connection, then try again.</Trans>
        )}
      </p>
      {retry}
    </div>
  );
}
