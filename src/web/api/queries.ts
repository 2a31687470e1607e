import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  ApiDecision,
  ApiDecisionStatus,
  ApiDocument,
  ApiOutcome,
  ApiResults,
  ApiRule,
  ApiSigningKey,
  DecisionPage,
  EventsPage,
  TurnoutSeries,
} from "../contract.ts";
import type { RuleDescription } from "../../rules/describe-rule.ts";
import { readResource, type ReadApi } from "./read-api.ts";

const listRefreshMs = 30_000;
/** The series has a point a minute. */
const turnoutRefreshMs = 60_000;

/** The address of an API resource below a decision. */
export function decisionResource(id: string, rest = ""): string {
  return `/api/v1/decisions/${encodeURIComponent(id)}${rest}`;
}

/** One decision's terms and status. */
export function decisionQuery(ask: ReadApi, id: string) {
  return queryOptions({
    queryKey: ["decision", id],
    queryFn: ({ signal }) => readResource<ApiDecision>(ask, decisionResource(id), signal),
  });
}

/** What the rule says of the counts, while those are shown. */
export function outcomeQuery(ask: ReadApi, id: string) {
  return queryOptions({
    queryKey: ["outcome", id],
    queryFn: async ({ client, queryKey, signal }) => {
      const read = await readResource<ApiOutcome>(ask, decisionResource(id, "/outcome"), signal);
      // Another instance of the Worker may share an older one for a second.
      const held = client.getQueryData<ApiOutcome>(queryKey);
      return held && (read.version < held.version || (held.final && !read.final)) ? held : read;
    },
  });
}

/** A decision's rule as clauses; it is frozen, and so read once. */
export function ruleQuery(ask: ReadApi, id: string) {
  return queryOptions({
    queryKey: ["rule", id],
    queryFn: async ({ signal }) => {
      const { description } = await readResource<ApiRule>(
        ask,
        decisionResource(id, "/rule"),
        signal,
      );
      // The contract leaves the clauses' members open; the description's type has them.
      return description as RuleDescription;
    },
    staleTime: Infinity,
  });
}

/** What was done to a decision since its opening, in order, a page at a time. */
export function eventsQuery(ask: ReadApi, id: string) {
  return infiniteQueryOptions({
    queryKey: ["events", id],
    queryFn: ({ pageParam, signal }) =>
      readResource<EventsPage>(ask, decisionResource(id, `/events?after_seq=${pageParam}`), signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  });
}

/**
 * The public decisions, newest first, a page at a time; read again every half minute, or more rarely
 * where more of them are shown.
 */
export function decisionListQuery(
  ask: ReadApi,
  { status, after }: { status: ApiDecisionStatus | null; after: string | null },
) {
  return infiniteQueryOptions({
    queryKey: ["decisions", status, after],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams();
      if (status !== null) query.set("status", status);
      if (pageParam !== null) query.set("after", pageParam);
      const search = query.size === 0 ? "" : `?${query}`;
      return readResource<DecisionPage>(ask, `/api/v1/decisions${search}`, signal);
    },
    initialPageParam: after,
    refetchInterval: ({ state }) => listRefreshMs * (state.data?.pages.length ?? 1),
    getNextPageParam: ({ next }) => next,
  });
}

/** One decision's result, whole and by region, as the first view shows it; then it is followed. */
export function resultsQuery(ask: ReadApi, id: string) {
  return queryOptions({
    queryKey: ["results", id],
    queryFn: ({ signal }) =>
      readResource<ApiResults>(ask, decisionResource(id, "/results"), signal),
  });
}

/** How turnout of a decision grew, as far as its results have shown it. */
export function turnoutQuery(ask: ReadApi, id: string) {
  return queryOptions({
    queryKey: ["turnout", id],
    queryFn: ({ signal }) =>
      readResource<TurnoutSeries>(ask, decisionResource(id, "/turnout"), signal),
    refetchInterval: turnoutRefreshMs,
  });
}

/** What the page about the API shows; it changes with a release alone. */
export function apiGuideQuery(ask: ReadApi) {
  return queryOptions({
    queryKey: ["api-guide"],
    queryFn: async ({ signal }) => {
      // Nothing but the page about the API needs what reads the document.
      const { guideTo } = await import("../api-docs/api-guide.ts");
      return guideTo(await readResource<ApiDocument>(ask, "/api/v1/openapi.json", signal));
    },
    staleTime: Infinity,
  });
}

/** The keys that receipts and outcomes are signed with. */
export function signingKeysQuery(ask: ReadApi) {
  return queryOptions({
    queryKey: ["signing-keys"],
    queryFn: ({ signal }) =>
      readResource<{ keys: ApiSigningKey[] }>(ask, "/.well-known/enviro-governance/keys", signal),
    staleTime: Infinity,
  });
}
