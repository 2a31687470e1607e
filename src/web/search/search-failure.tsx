import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { Refusal } from "../api/read-api.ts";
import { listAddress } from "../app/addresses.ts";
import { Notice } from "../ui/notice.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";

export type SearchFailureProps = { error: Error; onRetry: () => unknown };

/** Why nothing is found or counted, and where to go on. */
export function SearchFailure({ error, onRetry }: SearchFailureProps) {
  const code = error instanceof Refusal ? error.problem.code : null;
  if (code === "search.off") {
    return (
      <Notice title={<Trans>There is no search here</Trans>}>
        <p>
          <Trans>Whoever runs this site has not set it up. The list has every decision.</Trans>
        </p>
        <ToList />
      </Notice>
    );
  }
  if (code === "search.unavailable") {
    return (
      <Notice title={<Trans>Search does not answer right now</Trans>} isProblem>
        <p>
          <Trans>Votes, results and the list of decisions go on without it.</Trans>
        </p>
        <p className="actions">
          <button type="button" className="button" onClick={() => onRetry()}>
            <Trans>Try again</Trans>
          </button>
          <ToList />
        </p>
      </Notice>
    );
  }
  if (code === "search.no_words") {
    return (
      <Notice title={<Trans>There is no word in it to search for</Trans>}>
        <p>
          <Trans>Write words of letters or digits.</Trans>
        </p>
      </Notice>
    );
  }
  if (code === "search.too_deep") {
    return (
      <Notice title={<Trans>No more are shown</Trans>}>
        <p>
          <Trans>Search for more words, or narrow what was found.</Trans>
        </p>
      </Notice>
    );
  }
  return <ReadFailure error={error} onRetry={onRetry} isPart />;
}

function ToList() {
  return (
    <Link className="button" href={listAddress()}>
      <Trans>All decisions</Trans>
    </Link>
  );
}
