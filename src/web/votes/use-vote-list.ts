import { useLingui } from "@lingui/react/macro";
import { plural, t } from "@lingui/core/macro";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { readVotesPage, type VotesHead } from "../api/vote-queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ApiDecision } from "../contract.ts";
import { FetchedRows } from "./fetched-rows.ts";
import {
  filterRows,
  isFiltering,
  LocalRows,
  noFilter,
  sortByName,
  type VoteFilter,
} from "./local-rows.ts";
import { PageShelf, rowOf } from "./page-shelf.ts";
import type { RowSource, VoteRow } from "./row-source.ts";
import { useMounted } from "../ui/use-mounted.ts";
import { useWholeList, type WholeListState } from "./use-whole-list.ts";

export interface VoteList {
  /** What is listed; null until a script runs, and while it is not there yet. */
  source: RowSource | null;
  /** Another one for each list with rows of its own. */
  key: string;
  /** All rows of a list of one page, in the order in which they are listed. */
  local: readonly VoteRow[] | null;
  /** All pages of a list that has several; null where one page has it whole. */
  shelf: PageShelf | null;
  filter: VoteFilter;
  setFilter: (filter: VoteFilter) => void;
  whole: WholeListState;
  announcement: string;
}

/** The counted votes as they are filtered: out of one page, of pages, or of the whole list. */
export function useVoteList(
  { id, disclosure }: ApiDecision,
  head: VotesHead | undefined,
): VoteList {
  const { i18n } = useLingui();
  const ask = useReadApi();
  const isMounted = useMounted();
  const [filter, setFilter] = useState(noFilter);
  const isOnePage = head?.pages === 1;
  const { data: page } = useQuery({
    queryKey: ["votes-page", id],
    queryFn: ({ signal }) => readVotesPage(ask, { id, page: 1 }, signal),
    enabled: isOnePage && head.size > head.items.length,
    staleTime: Infinity,
  });
  const shelf = useMemo(
    () =>
      head === undefined || isOnePage
        ? null
        : new PageShelf(head, (number) => readVotesPage(ask, { id, page: number })),
    [ask, id, head, isOnePage],
  );
  const items = head === undefined || head.size > head.items.length ? page?.items : head.items;
  const local = useMemo((): readonly VoteRow[] | null => {
    if (!isOnePage || items === undefined) return null;
    const rows = items.map((item, index) => rowOf(item, index + 1));
    return disclosure === "roll_call" ? sortByName(rows, i18n.locale) : rows;
  }, [isOnePage, items, disclosure, i18n.locale]);
  const whole = useWholeList({ id, isWanted: shelf !== null && isFiltering(filter), filter });
  const fetched = useMemo(() => (shelf === null ? null : new FetchedRows(shelf)), [shelf]);
  const source = useMemo((): RowSource | null => {
    if (!isMounted) return null;
    if (local !== null) return new LocalRows(filterRows(local, filter));
    return isFiltering(filter) && whole.filtered !== null ? whole.filtered : fetched;
  }, [isMounted, local, filter, whole.filtered, fetched]);
  const listed = isFiltering(filter) && source !== fetched ? source?.size : undefined;
  const announcement =
    listed === undefined
      ? ""
      : t(i18n)`${plural(listed, { one: "# vote is listed", other: "# votes are listed" })}`;
  const key = source === fetched ? "all" : `${filter.choice ?? ""} ${filter.region ?? ""}`;
  return useMemo(
    () => ({ source, key, local, shelf, filter, setFilter, whole, announcement }),
    [source, key, local, shelf, filter, setFilter, whole, announcement],
  );
}
