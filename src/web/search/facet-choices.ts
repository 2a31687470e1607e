import type { ApiFacet } from "../contract.ts";

/** A value of a facet, whether it is asked for, and how many have it where that was counted. */
export interface FacetValue<Value extends string = string> {
  value: Value;
  isChosen: boolean;
  count: number | null;
}

/** So many of the commonest regions and owners, and of the latest years, are offered. */
const facetValuesMax = 12;

/**
 * What a facet offers, of values that are known beforehand, in their order. What was found is counted
 * after it was narrowed: where some are chosen, nobody knows how many the others would have.
 */
export function knownFacetValues<Value extends string>(
  values: readonly Value[],
  { chosen, facet }: { chosen: readonly Value[]; facet: ApiFacet },
): FacetValue<Value>[] {
  const countOf = new Map<string, number>(facet.map(({ value, count }) => [value, count]));
  return values
    .map((value) => {
      const isChosen = chosen.includes(value);
      const isCounted = chosen.length === 0 || isChosen;
      return { value, isChosen, count: isCounted ? (countOf.get(value) ?? 0) : null };
    })
    .filter(({ isChosen, count }) => isChosen || count !== 0);
}

/** What a facet of any values offers: the first, or the one that is chosen. */
export function foundFacetValues(facet: ApiFacet, chosen: string | null): FacetValue[] {
  if (chosen === null) {
    return facet
      .slice(0, facetValuesMax)
      .map(({ value, count }) => ({ value, isChosen: false, count }));
  }
  const count = facet.find(({ value }) => value === chosen)?.count ?? 0;
  return [{ value: chosen, isChosen: true, count }];
}
