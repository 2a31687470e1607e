import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { receivedVotesQuery } from "../api/vote-queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ApiDecision, ReceivedPage } from "../contract.ts";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";
import { Moment } from "../ui/moment.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { regionName } from "./vote-words.ts";

/** The ballots of a roll call that is not certified yet, as the database has them. */
export function ReceivedVotes({ decision }: { decision: ApiDecision }) {
  const { t } = useLingui();
  const list = useInfiniteQuery(receivedVotesQuery(useReadApi(), decision.id));
  if (list.data === undefined && list.error !== null)
    return <ReadFailure error={list.error} onRetry={list.refetch} />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="votes" aria-label={t`Votes received so far`}>
      <p>
        <Trans>
          These are the ballots received so far. Names and reasons are published with the
          certificate. Of each voter the newest ballot counts.
        </Trans>
      </p>
      <div className="actions">
        <button
          type="button"
          className="button quiet"
          disabled={list.isFetching}
          onClick={() => void list.refetch()}
        >
          <Trans>Read again</Trans>
        </button>
      </div>
      <ReceivedTable items={items} regions={decision.regions} />
      {items.length === 0 && list.isSuccess ? (
        <p>
          <Trans>No ballot has come in yet.</Trans>
        </p>
      ) : null}
      {list.hasNextPage ? (
        <button
          type="button"
          className="button"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          <Trans>Show more</Trans>
        </button>
      ) : null}
    </section>
  );
}

type ReceivedTableProps = { items: ReceivedPage["items"]; regions: ApiDecision["regions"] };

function ReceivedTable({ items, regions }: ReceivedTableProps) {
  const { t, i18n } = useLingui();
  const newest = new Map(items.map((item) => [item.pid, item]));
  return (
    <table className="votes-table" aria-label={t`Votes received so far`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Received</Trans>
          </th>
          <th scope="col">
            <Trans>Vote</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.shard} ${item.seq}`}>
            <th scope="row">
              <Moment iso={item.accepted_at} show="clock" />
              {item.region === "" ? null : (
                <p className="votes-region">
                  <bdi>{regionName(regions, item.region)}</bdi>
                </p>
              )}
            </th>
            <td className="votes-choice">
              {item.choice === "withdrawn" ? (
                <Trans>Taken back</Trans>
              ) : (
                <>
                  <ChoiceMark choice={item.choice} />
                  {choiceWord(i18n, item.choice)}
                </>
              )}
              {newest.get(item.pid) === item ? null : (
                <p className="votes-region">
                  <Trans>Replaced</Trans>
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
