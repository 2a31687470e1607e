import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useRef, useState, type MouseEvent } from "react";
import { Link } from "wouter";
import { listAddress } from "../app/addresses.ts";
import type { DecisionPage } from "../contract.ts";
import { Announcer } from "../ui/announcer.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { DecisionListItem } from "./decision-list-item.tsx";
import { EmptyList } from "./empty-list.tsx";
import type { WantedList } from "./wanted-list.ts";

export type DecisionRowsProps = {
  list: UseInfiniteQueryResult<InfiniteData<DecisionPage>>;
  wanted: WantedList;
};

/** The decisions that were read, and a way to more of them. */
export function DecisionRows({ list, wanted }: DecisionRowsProps) {
  const { t } = useLingui();
  const rows = useRef<HTMLOListElement>(null);
  const [spoken, setSpoken] = useState("");
  const { data, fetchNextPage, isFetchingNextPage, isFetchNextPageError, error } = list;
  const decisions = data?.pages.flatMap(({ items }) => items) ?? [];
  const next = data?.pages.at(-1)?.next ?? null;

  const showMore = async (): Promise<void> => {
    const before = decisions.length;
    const { data: read } = await fetchNextPage();
    const more = (read?.pages.flatMap(({ items }) => items).length ?? before) - before;
    if (more <= 0) return;
    setSpoken(
      t`${plural(more, { one: "# more decision shown", other: "# more decisions shown" })}`,
    );
    // The button moves on or goes: whoever pressed it reads on with the first of the new rows.
    rows.current?.children[before]?.querySelector("a")?.focus({ preventScroll: true });
  };
  const followInPlace = (event: MouseEvent): void => {
    event.preventDefault();
    if (!isFetchingNextPage) void showMore();
  };

  return (
    <>
      <ol className="rows" ref={rows}>
        {decisions.map((decision) => (
          <DecisionListItem key={decision.id} decision={decision} />
        ))}
      </ol>
      <div className="list-end">
        {isFetchNextPageError && error !== null ? (
          <ReadFailure error={error} onRetry={() => showMore()} isPart />
        ) : null}
        {next !== null && !isFetchNextPageError ? (
          <Link
            className="button"
            href={listAddress({ status: wanted.status, after: next })}
            onClick={followInPlace}
            aria-disabled={isFetchingNextPage}
          >
            <Trans>Show more</Trans>
          </Link>
        ) : null}
        {decisions.length === 0 ? <EmptyList status={wanted.status} /> : null}
        {decisions.some(({ result }) => result?.final === false) ? (
          <p className="quiet-line">
            <Trans>
              Figures of open decisions are up to a minute old here; a decision’s own page is live.
            </Trans>
          </p>
        ) : null}
        {wanted.after === null ? null : (
          <Link href={listAddress({ status: wanted.status })}>
            <Trans>From the newest on</Trans>
          </Link>
        )}
      </div>
      <Announcer text={spoken} quietMs={0} />
    </>
  );
}
