import type { ApiFacet } from "../contract.ts";

/** A value of a facet, whether it is asked for, and how many have it of what the other facets leave. */
export interface FacetValue<Value extends string = string> {
  value: Value;
  isChosen: boolean;
  count: number;
}

/** So many of the commonest regions and owners, and of the latest years, are offered. */
const facetValuesMax = 12;

/** What a facet offers, of values that are known beforehand, in their order. */
export function knownFacetValues<Value extends string>(
  values: readonly Value[],
  { chosen, facet }: { chosen: readonly Value[]; facet: ApiFacet },
): FacetValue<Value>[] {
  const countOf = new Map<string, number>(facet.map(({ value, count }) => [value, count]));
  return values
    .map((value) => ({
      value,
      isChosen: chosen.includes(value),
      count: countOf.get(value) ?? 0,
    }))
    .filter(({ isChosen, count }) => isChosen || count !== 0);
}

/** What a facet of any values offers: the first, and before them the one that is chosen. */
export function foundFacetValues(facet: ApiFacet, chosen: string | null): FacetValue[] {
  const countOf = (value: string) => facet.find((each) => each.value === value)?.count ?? 0;
  const first = facet.slice(0, facetValuesMax).map(({ value }) => value);
  const isMissing = chosen !== null && !first.includes(chosen);
  const offered = isMissing ? [chosen, ...first.slice(0, facetValuesMax - 1)] : first;
  return offered.map((value) => ({ value, isChosen: value === chosen, count: countOf(value) }));
}
