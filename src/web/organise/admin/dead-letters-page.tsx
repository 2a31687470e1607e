import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { callApi } from "../api/organiser-api.ts";
import { useSession } from "../session/use-session.ts";
import "./admin.css";
import { DeadLetterItem } from "./dead-letter-item.tsx";
import { NotYours } from "./not-yours.tsx";

/** What the database refused: looked into, written again, or dropped. */
export default function DeadLettersPage() {
  const { role } = useSession();
  return role === "organiser" ? <NotYours /> : <DeadLetters mayChange={role === "admin"} />;
}

function DeadLetters({ mayChange }: { mayChange: boolean }) {
  const [state, setState] = useState<"open" | "all">("open");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: ["dead-letters", state],
      queryFn: ({ pageParam, signal }) =>
        callApi(
          "GET /api/v1/dead-letters",
          { query: { state, ...(pageParam === null ? {} : { after: pageParam }) } },
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: ({ next }) => next,
    },
  );
  const deadLetters = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <header className="admin-head">
        <h1>
          <Trans>Dead letters</Trans>
        </h1>
        <p>
          <Trans>
            Ballots that the database refused. None is lost: each is counted in the record. But
            while one is open its decision can’t be certified.
          </Trans>
        </p>
        <p>
          <Trans>
            Those of decisions that still hide their counts are left out here until the close.
          </Trans>
        </p>
      </header>
      <label className="role-choice">
        <input
          type="checkbox"
          checked={state === "all"}
          onChange={({ target }) => setState(target.checked ? "all" : "open")}
        />
        <Trans>Also those whose ballot is in the database by now</Trans>
      </label>
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined && error !== null ? (
        <ReadFailure error={error} onRetry={refetch} isPart />
      ) : null}
      {data !== undefined && deadLetters.length === 0 && !hasNextPage ? (
        <p role="status">
          <Trans>There is none: the database has taken every ballot.</Trans>
        </p>
      ) : null}
      <ul className="cause-list">
        {deadLetters.map((deadLetter) => (
          <DeadLetterItem
            key={deadLetter.id}
            deadLetter={deadLetter}
            mayChange={mayChange}
            onChanged={() => void refetch()}
          />
        ))}
      </ul>
      {hasNextPage ? (
        <p>
          <button
            type="button"
            className="button"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            <Trans>Show more</Trans>
          </button>
        </p>
      ) : null}
    </>
  );
}
