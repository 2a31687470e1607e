import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ReceivedPage, VotesPage } from "../contract.ts";
import { decisionResource } from "./queries.ts";
import { readResource, type ReadApi } from "./read-api.ts";

/** The beginning of a published list. */
export type VotesHead = Pick<VotesPage, "size" | "pages" | "items">;

/** Rows that are in the page before any script runs: of a list up to the first all of them. */
export const votesInPage = { whole: 250, beginning: 50 };

/** The beginning of the list of counted votes, and how long it is. */
export function votesHeadQuery(ask: ReadApi, id: string) {
  return queryOptions({
    queryKey: ["votes-head", id],
    queryFn: async ({ signal }): Promise<VotesHead> => {
      const { size, pages, items } = await readVotesPage(ask, { id, page: 1 }, signal);
      // Without what opens the hashes, which nobody reads here.
      const rowsMax = size <= votesInPage.whole ? votesInPage.whole : votesInPage.beginning;
      const rows = items.slice(0, rowsMax).map(({ k: _k, c: _c, u: _u, ...row }) => row);
      return { size, pages, items: rows };
    },
    // What is published never changes.
    staleTime: Infinity,
  });
}

/** The ballots of a roll call as they come in, a page at a time. */
export function receivedVotesQuery(ask: ReadApi, id: string) {
  return infiniteQueryOptions({
    queryKey: ["votes-received", id],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ per_page: "100" });
      if (pageParam !== null) query.set("after", pageParam);
      const path = decisionResource(id, `/votes/received?${query}`);
      return readResource<ReceivedPage>(ask, path, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

export type PublishedPageAddress = { id: string; page: number; list?: "counted" | "others" };

/** A page of a published list; it never changes. */
export function readVotesPage(
  ask: ReadApi,
  { id, page, list = "counted" }: PublishedPageAddress,
  signal?: AbortSignal,
): Promise<VotesPage> {
  const path = list === "counted" ? "/votes" : "/votes/others";
  return readResource<VotesPage>(ask, decisionResource(id, `${path}?page=${page}`), signal);
}
