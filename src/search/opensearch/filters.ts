import type { DecisionFilters, FacetName } from "../search.ts";

/** Narrows to what a search asks for, by the facet whose values it chooses. */
export function filtersByFacet(filters: DecisionFilters): Partial<Record<FacetName, object>> {
  const { statuses, outcomes, region, owner, from, to } = filters;
  const opened = {
    ...(from === undefined ? {} : { gte: from }),
    ...(to === undefined ? {} : { lt: to }),
  };
  return {
    ...(statuses === undefined ? {} : { status: { terms: { status: statuses } } }),
    ...(outcomes === undefined ? {} : { outcome: { terms: { outcome: outcomes } } }),
    ...(region === undefined ? {} : { region: { term: { regions: region } } }),
    ...(owner === undefined ? {} : { owner: { term: { owner } } }),
    ...(from === undefined && to === undefined ? {} : { year: { range: { opens_at: opened } } }),
  };
}
