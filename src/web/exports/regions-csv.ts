import type { ApiRegion, ApiTally, Counts, Turnout, TurnoutOnly, Voted } from "../contract.ts";
import type { RankedRegion } from "../results/rank-regions.ts";
import { csvText, type TableRow } from "./csv-text.ts";

const head: TableRow = [
  "region",
  "name",
  "yes_ballots",
  "no_ballots",
  "abstain_ballots",
  "ballots",
  "yes_weight",
  "no_weight",
  "abstain_weight",
  "weight",
  "electorate_voters",
  "electorate_weight",
  "as_of",
  "final",
];

/**
 * The counts of each region that is shown, and of the whole in the first row, whose region is empty.
 * The names of the columns are those of the API.
 */
export function regionsCsv(
  result: Omit<Counts, "age_ms">,
  regions: readonly RankedRegion[],
): string {
  const row = (code: string, name: string, tally: ApiTally & Turnout): TableRow => [
    code,
    name,
    tally.yes.ballots,
    tally.no.ballots,
    tally.abstain.ballots,
    tally.ballots,
    tally.yes.weight,
    tally.no.weight,
    tally.abstain.weight,
    tally.weight,
    tally.electorate?.voters ?? null,
    tally.electorate?.weight ?? null,
    result.as_of,
    String(result.final),
  ];
  const { electorate } = result;
  const whole = { ...result.total, ...(electorate === undefined ? {} : { electorate }) };
  return csvText([
    head,
    row("", "", whole),
    ...regions.map(({ code, name, tally }) => row(code, name, tally)),
  ]);
}

/** Who has voted in each region, where how they voted is hidden. */
export function turnoutCsv(
  result: Omit<TurnoutOnly, "age_ms">,
  regions: readonly ApiRegion[],
): string {
  const nameOf = new Map(regions.map(({ code, name }) => [code, name]));
  const row = (code: string, { turnout, electorate }: Voted): TableRow => [
    code,
    nameOf.get(code) ?? "",
    turnout.voters,
    turnout.weight,
    electorate?.voters ?? null,
    electorate?.weight ?? null,
    result.as_of,
  ];
  return csvText([
    [
      "region",
      "name",
      "voted_voters",
      "voted_weight",
      "electorate_voters",
      "electorate_weight",
      "as_of",
    ],
    row("", result),
    ...result.regions.map(({ region, ...voted }) => row(region, voted)),
  ]);
}
