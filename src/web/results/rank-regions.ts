import type { ApiRegion, ApiRegionTally, ApiTally, Turnout } from "../contract.ts";
import type { CountMeasure } from "./measure.ts";
import { countsOf, type ChoiceCounts } from "./tally-bars.ts";

export type RankedRegion = {
  code: string;
  name: string;
  tally: ApiTally & Turnout;
  counts: ChoiceCounts;
};

const emptyTally: ApiTally = {
  yes: { ballots: 0, weight: "0" },
  no: { ballots: 0, weight: "0" },
  abstain: { ballots: 0, weight: "0" },
  ballots: 0,
  weight: "0",
};

/**
 * Every region of a decision with its tally, the largest first; regions without a ballot stand at
 * the end, by name.
 */
export function rankRegions(
  regions: readonly ApiRegion[],
  tallies: readonly ApiRegionTally[],
  measure: CountMeasure,
): RankedRegion[] {
  const tallyOf = new Map(tallies.map((tally) => [tally.region, tally]));
  return regions
    .map(({ code, name }) => {
      const tally = tallyOf.get(code) ?? emptyTally;
      return { code, name: name || code, tally, counts: countsOf(tally, measure) };
    })
    .toSorted((a, b) => {
      if (a.counts.all !== b.counts.all) return a.counts.all > b.counts.all ? -1 : 1;
      return compareNames.compare(a.name, b.name);
    });
}

/** One collator for all comparisons: `localeCompare` makes one for each. */
const compareNames = new Intl.Collator(undefined, { numeric: true });

/** Keeps the regions whose name or code contains what was typed. */
export function findRegions(ranked: readonly RankedRegion[], typed: string): RankedRegion[] {
  const wanted = fold(typed.trim());
  if (wanted === "") return [...ranked];
  return ranked.filter(({ name, code }) => fold(name).includes(wanted) || fold(code) === wanted);
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
}
