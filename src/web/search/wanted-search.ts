import type { ApiDecisionStatus, ApiVerdict } from "../contract.ts";

/** What a search of decisions asks for, as its address says it. */
export interface WantedSearch {
  words: string;
  statuses: ApiDecisionStatus[];
  outcomes: ApiVerdict[];
  /** Codes and names, as the facets have them; null where none is asked for. */
  region: string | null;
  owner: string | null;
  /** Of the opening, in UTC. */
  year: string | null;
  after: string | null;
}

/** What a search can be narrowed to, in the order of a decision's life. */
export const foundStatuses = [
  "open",
  "scheduled",
  "closing",
  "closed",
  "certified",
  "cancelled",
] as const satisfies readonly ApiDecisionStatus[];

export const foundOutcomes = [
  "carried",
  "not_carried",
  "tie",
  "no_quorum",
] as const satisfies readonly ApiVerdict[];

/**
 * What the address of a search asks for. A form sends each box that is ticked by itself, a link all
 * of them in one; what is none of the values is left out.
 */
export function readWantedSearch(search: URLSearchParams): WantedSearch {
  const listed = (name: string): string[] =>
    search.getAll(name).flatMap((values) => values.split(","));
  const one = (name: string): string | null => search.get(name) || null;
  const statuses = listed("status");
  const outcomes = listed("outcome");
  const year = one("year");
  return {
    words: (search.get("q") ?? "").trim(),
    statuses: foundStatuses.filter((status) => statuses.includes(status)),
    outcomes: foundOutcomes.filter((outcome) => outcomes.includes(outcome)),
    region: one("region"),
    owner: one("owner"),
    year: year !== null && /^\d{4}$/.test(year) ? year : null,
    after: one("after"),
  };
}

/** The page of a search. */
export function searchAddress(wanted: Partial<WantedSearch> = {}): string {
  const { year = null } = wanted;
  const query = commonQuery(wanted);
  if (year !== null) query.set("year", year);
  return query.size === 0 ? "/search" : `/search?${query}`;
}

/** The same for the API, which asks by days. */
export function searchResource(
  wanted: Partial<WantedSearch>,
  { perPage, withFacets }: { perPage: number; withFacets: boolean },
): string {
  const { year = null } = wanted;
  const query = commonQuery(wanted);
  if (year !== null) {
    query.set("from", `${year}-01-01`);
    query.set("to", `${String(Number(year) + 1).padStart(4, "0")}-01-01`);
  }
  query.set("per_page", String(perPage));
  if (withFacets) query.set("facets", "true");
  return `/api/v1/search/decisions?${query}`;
}

function commonQuery({
  words = "",
  statuses = [],
  outcomes = [],
  region = null,
  owner = null,
  after = null,
}: Partial<WantedSearch>): URLSearchParams {
  const query = new URLSearchParams();
  if (words !== "") query.set("q", words);
  if (statuses.length > 0) query.set("status", statuses.join(","));
  if (outcomes.length > 0) query.set("outcome", outcomes.join(","));
  if (region !== null) query.set("region", region);
  if (owner !== null) query.set("owner", owner);
  if (after !== null) query.set("after", after);
  return query;
}

/** Whether more than words narrows a search. */
export function isNarrowed({ statuses, outcomes, region, owner, year }: WantedSearch): boolean {
  return [region, owner, year].some((value) => value !== null)
    ? true
    : statuses.length + outcomes.length > 0;
}
