import { expect, test } from "vitest";
import type { ApiClient } from "../../../../src/cli/client/api-client.ts";
import { checkResults } from "../../../../src/cli/verify/check-results.ts";
import { WaitBudget } from "../../../../src/cli/verify/wait-budget.ts";
import { reportTally } from "./report-tally.ts";

const vote = (region: string, choice: "yes" | "no") => ({ region, choice, weight: 1 });
const later = [vote("Asia", "yes"), vote("Europe", "no"), vote("Asia", "no")];

/** What is found while a vote comes in after the recount of none: the public reads these results, and the room has these figures by then. */
function found(results: ReturnType<typeof reportTally>, room: ReturnType<typeof reportTally>) {
  const head = { decision_id: "d", status: "open", version: 7, final: false };
  const get = (path: string) =>
    Promise.resolve(
      path.endsWith("/results") ? { ...head, ...results } : { room: { version: 7, ...room } },
    );
  const client = { get } as unknown as ApiClient;
  return checkResults(client, "d", new Map(), new WaitBudget(0));
}

test("results newer than the recount agree with the room, in whatever order the members of their answers stand", async () => {
  const { total, regions } = reportTally(later);
  const turned = regions.toReversed().map(({ region, ...tally }) => ({ ...tally, region }));
  expect(await found({ total, regions }, { total, regions: turned })).toEqual([]);
});

test("results newer than the recount that differ from the room are found", async () => {
  const differences = await found(reportTally(later), reportTally(later.slice(0, 2)));
  expect(differences).toMatchObject([{ kind: "wrong", decision: "d", layer: "results" }]);
});
