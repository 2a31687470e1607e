import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ApiDecisionStatistics, ApiStatistics, SearchPage } from "../contract.ts";
import { searchResource, type WantedSearch } from "../search/wanted-search.ts";
import { decisionResource } from "./queries.ts";
import { readResource, type ReadApi } from "./read-api.ts";

const foundPerPage = 20;
const suggestedMax = 6;
/** A reader who types a word again is not asked for again at once. */
const suggestionsFreshMs = 60_000;

/** What a search finds, a page at a time; with the first come the counts by value. */
export function searchQuery(ask: ReadApi, wanted: WantedSearch) {
  return infiniteQueryOptions({
    queryKey: ["search", wanted],
    queryFn: ({ pageParam, signal }) => {
      const withFacets = pageParam === wanted.after;
      const path = searchResource(
        { ...wanted, after: pageParam },
        { perPage: foundPerPage, withFacets },
      );
      return readResource<SearchPage>(ask, path, signal);
    },
    initialPageParam: wanted.after,
    getNextPageParam: ({ next }) => next,
  });
}

/** Decisions that what is being typed may mean. */
export function suggestionsQuery(ask: ReadApi, words: string) {
  return queryOptions({
    queryKey: ["suggestions", words],
    queryFn: async ({ signal }) => {
      const path = searchResource({ words }, { perPage: suggestedMax, withFacets: false });
      return (await readResource<SearchPage>(ask, path, signal)).items;
    },
    staleTime: suggestionsFreshMs,
    // Whoever types on has no use for what was asked for before.
    retry: false,
  });
}

/** Counts of all decisions that were opened, and of the ballots that were published. */
export function statisticsQuery(ask: ReadApi) {
  return queryOptions({
    queryKey: ["statistics"],
    queryFn: ({ signal }) => readResource<ApiStatistics>(ask, "/api/v1/stats", signal),
  });
}

/** Counts of a decision's published ballots. */
export function decisionStatisticsQuery(ask: ReadApi, id: string) {
  return queryOptions({
    queryKey: ["statistics", id],
    queryFn: ({ signal }) =>
      readResource<ApiDecisionStatistics>(ask, decisionResource(id, "/stats"), signal),
  });
}
