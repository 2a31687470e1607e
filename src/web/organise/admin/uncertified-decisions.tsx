import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { callApi } from "../api/organiser-api.ts";
import { useSession } from "../session/use-session.ts";
import { CertificationWaits } from "./certification-waits.tsx";
import { RebuildButton } from "./rebuild-button.tsx";

const perPage = 20;

/** Decisions that are over and wait for long to be certified, each with what for. */
export function UncertifiedDecisions() {
  const { role } = useSession();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["uncertified-decisions"],
    queryFn: ({ pageParam, signal }) =>
      callApi(
        "GET /api/v1/uncertified-decisions",
        { query: { per_page: perPage, ...(pageParam === null ? {} : { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const decisions = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="admin-part" aria-labelledby="uncertified">
      <h2 id="uncertified">
        <Trans>Decisions that wait to be certified</Trans>
      </h2>
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined && error !== null ? (
        <ReadFailure error={error} onRetry={refetch} isPart />
      ) : null}
      {data !== undefined && decisions.length === 0 ? (
        <p role="status">
          <Trans>
            None waits for longer than it should. A decision is certified some minutes after its
            close, and stands here after ten.
          </Trans>
        </p>
      ) : null}
      <ul className="cause-list">
        {decisions.map(({ decision_id: id, since }) => (
          <li key={id}>
            <h3>
              <bdi>{id}</bdi>
            </h3>
            <p>
              <Trans>
                Over since <Moment iso={since} />
              </Trans>
            </p>
            <CertificationWaits id={id} />
            {role === "admin" ? <RebuildButton id={id} /> : null}
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <p>
          <button type="button" className="button" onClick={() => void fetchNextPage()}>
            <Trans>Show more</Trans>
          </button>
        </p>
      ) : null}
    </section>
  );
}
