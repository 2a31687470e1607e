import { isDeepStrictEqual } from "node:util";
import { isSettled } from "../../decision/lifecycle.ts";
import type { Client } from "../../client/client.ts";
import type { CountedResults } from "../api/answers.ts";
import { readAudit, readCountedResults } from "../api/decisions.ts";
import { compareTallies, type ReportedTally } from "../count/compare-tallies.ts";
import { totalBallots, sumRegions, type TallyCount } from "../count/tally-count.ts";
import { wrongTally, type Difference } from "./difference.ts";
import type { WaitBudget } from "./wait-budget.ts";

const pollMs = 200;

export type ResultsCheck = {
  client: Client;
  decision: string;
  recount: TallyCount;
  budget: WaitBudget;
};

/**
 * Compares what the public reads with the recount. While votes come in, a result may be a second
 * older than the recount, and is waited for, or newer, and is then compared with the room at the
 * same version.
 */
export async function checkResults({
  client,
  decision,
  recount,
  budget,
}: ResultsCheck): Promise<Difference[]> {
  const counted = totalBallots(sumRegions(recount));
  for (;;) {
    const results = await readCountedResults(client, decision);
    if (results.status !== "open" || results.total.ballots === counted)
      return [
        ...compareTallies(withRegionsOf(recount, results), results).map((found) =>
          wrongTally({ decision, layer: "results" }, found),
        ),
        ...checkFinal(decision, results),
      ];
    const { room } = await readAudit(client, decision);
    if (results.total.ballots > counted && room.version === results.version)
      return compareReported(decision, room, results);
    if (!(await budget.wait(pollMs))) return [resultsBehind(decision, counted, results)];
  }
}

/**
 * Regions whose figures are not shown are counted as one that has no name: the whole has their
 * ballots, too. So has all of a decision without regions.
 */
function withRegionsOf(recount: TallyCount, { regions }: CountedResults): TallyCount {
  const shown = new Set(regions.map(({ region }) => region));
  const isShown = ([region]: readonly [string, unknown]) => shown.has(region);
  const hidden = new Map([...recount].filter((each) => !isShown(each)));
  return new Map([...[...recount].filter(isShown), ["", sumRegions(hidden)]]);
}

function checkFinal(decision: string, results: CountedResults): Difference[] {
  const isLast = isSettled(results.status);
  if (results.final === isLast) return [];
  const expected = `final ${String(isLast)} while ${results.status}`;
  const actual = `final ${String(results.final)}`;
  return [{ kind: "wrong", decision, layer: "results", where: "final", expected, actual }];
}

function compareReported(
  decision: string,
  room: ReportedTally,
  results: ReportedTally,
): Difference[] {
  const [expected, actual] = [room, results].map(({ total, regions }) => ({
    total,
    // Without the turnout that the results of a roll show beside each region.
    regions: regions
      .map(({ region, yes, no, abstain, ballots, weight }) => ({
        region,
        yes,
        no,
        abstain,
        ballots,
        weight,
      }))
      .toSorted((a, b) => (a.region < b.region ? -1 : 1)),
  }));
  // Not as texts: in which order an answer names its members says nothing.
  if (isDeepStrictEqual(expected, actual)) return [];
  const wrong = { kind: "wrong", decision, layer: "results", where: "" } as const;
  return [{ ...wrong, expected: JSON.stringify(expected), actual: JSON.stringify(actual) }];
}

function resultsBehind(decision: string, counted: number, results: CountedResults): Difference {
  return {
    kind: "behind",
    decision,
    layer: "results",
    where: "whole, all, ballots",
    expected: String(counted),
    actual: String(results.total.ballots),
  };
}
