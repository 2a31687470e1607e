import { expect, test } from "vitest";
import { countBallot, type TallyCount } from "../../../../src/cli/count/tally-count.ts";
import { checkResults } from "../../../../src/cli/verify/check-results.ts";
import { WaitBudget } from "../../../../src/cli/verify/wait-budget.ts";
import { clientOf } from "./client-of.ts";
import { reportTally } from "./report-tally.ts";

const vote = (region: string, choice: "yes" | "no") => ({ region, choice, weight: 1 });
const later = [vote("Asia", "yes"), vote("Europe", "no"), vote("Asia", "no")];

/** What is found while a vote comes in after the recount of none: the public reads these results, and the room has these figures by then. */
function found(results: ReturnType<typeof reportTally>, room: ReturnType<typeof reportTally>) {
  const head = { decision_id: "d", status: "open", version: 7, final: false };
  const client = clientOf(({ pathname }) =>
    pathname.endsWith("/results")
      ? { ...head, ...results, shows: "counts" }
      : { room: { version: 7, ...room } },
  );
  const budget = new WaitBudget(0);
  return checkResults({ client, decision: "d", recount: new Map(), budget });
}

test("results newer than the recount agree with the room, in whatever order the members of their answers stand", async () => {
  const { total, regions } = reportTally(later);
  const turned = regions.toReversed().map(({ region, ...tally }) => ({ ...tally, region }));
  expect(await found({ total, regions }, { total, regions: turned })).toEqual([]);
});

test("results of a roll say its turnout beside each region, which the room does not", async () => {
  const { total, regions } = reportTally(later);
  const turnout = { voters: 1, weight: "1" };
  const shown = { total, regions: regions.map((region) => ({ ...region, turnout })) };
  expect(await found(shown, { total, regions })).toEqual([]);
});

test("results newer than the recount that differ from the room are found", async () => {
  const differences = await found(reportTally(later), reportTally(later.slice(0, 2)));
  expect(differences).toMatchObject([{ kind: "wrong", decision: "d", layer: "results" }]);
});

test.each([
  ["without regions", [vote("", "yes"), vote("", "no")]],
  ["of which no region is shown", later],
])("the whole of a decision %s is that of all its ballots", async (_, votes) => {
  const recount: TallyCount = new Map();
  for (const ballot of votes) countBallot(recount, ballot);
  const { total } = reportTally(votes);
  const head = { decision_id: "d", status: "certified", version: 7, final: true };
  const check = (shown: object) => {
    const client = clientOf(() => ({ ...head, regions: [], shows: "counts", ...shown }));
    return checkResults({ client, decision: "d", recount, budget: new WaitBudget(0) });
  };
  expect(await check({ total })).toEqual([]);
  const { total: other } = reportTally(votes.slice(1));
  expect(await check({ total: other })).not.toEqual([]);
});
