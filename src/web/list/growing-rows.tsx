import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useRef, useState, type MouseEvent, type ReactNode } from "react";
import { Link } from "wouter";
import { Announcer } from "../ui/announcer.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";

export type GrowingRowsProps<Item> = {
  list: UseInfiniteQueryResult<InfiniteData<{ items: Item[]; next: string | null }>>;
  /** Each has a link, which has the focus once the row was asked for. */
  renderRow: (item: Item) => ReactNode;
  /** The page that begins behind a cursor. */
  addressAfter: (after: string) => string;
  /** Below the rows. */
  children?: ReactNode;
};

/** The decisions that were read, and a way to more of them. */
export function GrowingRows<Item>({
  list: { data, fetchNextPage, isFetchingNextPage, isFetchNextPageError, error },
  renderRow,
  addressAfter,
  children,
}: GrowingRowsProps<Item>) {
  const { t } = useLingui();
  const rows = useRef<HTMLOListElement>(null);
  const [spoken, setSpoken] = useState("");
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const next = data?.pages.at(-1)?.next ?? null;

  const showMore = async (): Promise<void> => {
    const before = items.length;
    const { data: read } = await fetchNextPage();
    const more = (read?.pages.flatMap((page) => page.items).length ?? before) - before;
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
        {items.map(renderRow)}
      </ol>
      <div className="list-end">
        {isFetchNextPageError && error !== null ? (
          <ReadFailure error={error} onRetry={() => showMore()} isPart />
        ) : null}
        {next !== null && !isFetchNextPageError ? (
          <Link
            className="button"
            href={addressAfter(next)}
            onClick={followInPlace}
            aria-disabled={isFetchingNextPage}
          >
            <Trans>Show more</Trans>
          </Link>
        ) : null}
        {children}
      </div>
      <Announcer text={spoken} quietMs={0} />
    </>
  );
}
