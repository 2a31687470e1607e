import type { DecisionFilters } from "../search.ts";

/** Narrows to what all filters leave. */
export function filtersQuery(filters: DecisionFilters): object[] {
  const { statuses, outcomes, region, owner, from, to } = filters;
  const opened = {
    ...(from === undefined ? {} : { gte: from }),
    ...(to === undefined ? {} : { lt: to }),
  };
  return [
    ...(statuses === undefined ? [] : [{ terms: { status: statuses } }]),
    ...(outcomes === undefined ? [] : [{ terms: { outcome: outcomes } }]),
    ...(region === undefined ? [] : [{ term: { regions: region } }]),
    ...(owner === undefined ? [] : [{ term: { owner } }]),
    ...(from === undefined && to === undefined ? [] : [{ range: { opens_at: opened } }]),
  ];
}
