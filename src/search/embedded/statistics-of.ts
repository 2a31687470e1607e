import { choices } from "../../ballot/ballot.ts";
import type { BallotCounts, Facet, SearchStatistics } from "../search.ts";
import { sortFacet } from "./sort-facet.ts";

type ValueCode = [value: string, count: number];
type BallotsCode = [value: string, yes: number, no: number, abstain: number];

/** What the databases answer, in no order; a region that is hidden is empty. */
export interface StatisticCodes {
  total: number;
  statuses: ValueCode[];
  outcomes: ValueCode[];
  months: ValueCode[];
  turnout: [decisions: number, electorate: number, voted: number];
  ballots: [yes: number, no: number, abstain: number];
  /** Those with the most ballots. */
  ballotsByRegion: BallotsCode[];
  ballotsByMonth: BallotsCode[];
}

/** Brings codes into their form: by value where time orders them, else by count. */
export function statisticsOf(codes: StatisticCodes): SearchStatistics {
  const [decisions, electorate, voted] = codes.turnout;
  const total = countsOf(codes.ballots);
  const byRegion = codes.ballotsByRegion
    .toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a[0] < b[0] ? -1 : 1))
    .map(([region, ...counts]) => ({
      region: region === "" ? null : region,
      counts: countsOf(counts),
    }));
  return {
    decisions: {
      total: codes.total,
      byStatus: sortFacet(facetOf(codes.statuses)),
      byOutcome: sortFacet(facetOf(codes.outcomes)),
      byMonth: facetOf(inOrder(codes.months)),
      turnout: { decisions, electorate, voted },
    },
    ballots: {
      total,
      byRegion,
      otherRegions: without(
        total,
        byRegion.map(({ counts }) => counts),
      ),
      byMonth: inOrder(codes.ballotsByMonth).map(([month, ...counts]) => ({
        month,
        counts: countsOf(counts),
      })),
    },
  };
}

function facetOf(codes: readonly ValueCode[]): Facet {
  return codes.map(([value, count]) => ({ value, count }));
}

function inOrder<Code extends readonly [string, ...unknown[]]>(codes: readonly Code[]): Code[] {
  return codes.toSorted((a, b) => (a[0] < b[0] ? -1 : 1));
}

function countsOf([yes, no, abstain]: [number, number, number]): BallotCounts {
  return { yes, no, abstain };
}

function sizeOf([, yes, no, abstain]: BallotsCode): number {
  return yes + no + abstain;
}

function without(total: BallotCounts, parts: readonly BallotCounts[]): BallotCounts {
  const rest = { ...total };
  for (const part of parts) for (const choice of choices) rest[choice] -= part[choice];
  return rest;
}
