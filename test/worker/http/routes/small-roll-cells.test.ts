import { describe, expect, it } from "vitest";
import { adminKey, api } from "../../../support/worker/api.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import type { ProblemDocument } from "../../../support/worker/problems.ts";
import { putRoll, readRoll } from "../../../support/worker/rolls.ts";

type Answer = ProblemDocument & { status: string };

function open(id: string, body?: object) {
  const more = body === undefined ? {} : { body };
  return api<Answer>("POST", `/api/v1/decisions/${id}/open`, { key: adminKey, ...more });
}

/** A draft whose roll has so many voters of these weights in the north. */
async function draftedWith(weights: readonly number[], given: object = {}): Promise<string> {
  const terms = { disclosure: "pseudonymous", electorate: "roll", ...given };
  const id = await draftDecision(terms);
  const rows = weights.map((weight, at) => `voter-${at},north,${weight}`);
  await putRoll(id, ["voter_id,region,weight", ...rows].join("\n"));
  return id;
}

const tenAndNine = [...Array<number>(10).fill(1), ...Array<number>(9).fill(7)];

describe("opening a decision in which few on the roll share region and weight", () => {
  it.each([1, 2])("is refused with the regions named, with %i shards", async (shards) => {
    const id = await draftedWith(tenAndNine, { shards });
    const { status, body } = await open(id);
    expect([status, body.code]).toEqual([409, "roll.small_cells"]);
    expect(body.errors).toEqual([
      {
        pointer: "/acknowledge_small_cells",
        detail: "In north 9 of one weight, fewer than 10.",
      },
    ]);
    const refused = await open(id, { acknowledge_small_cells: false });
    expect(refused.body.code).toBe("roll.small_cells");
  });

  it("is foreseen by the figures of the roll", async () => {
    const roll = async (weights: readonly number[]) =>
      (await readRoll(await draftedWith(weights))).body.roll;
    expect(await roll(tenAndNine)).toMatchObject({
      fewest_alike: [{ region: "north", voters: 9 }],
    });
    expect(await roll([4, 4, 4])).toMatchObject({ fewest_alike: [] });
  });

  it("is done once that is acknowledged, which is public, and done again changes nothing", async () => {
    const id = await draftedWith(tenAndNine);
    expect((await open(id, { acknowledge_small_cells: true })).body.status).toBe("open");
    expect((await open(id)).body.status).toBe("open");
    const { body } = await api<{ entries: { action: string; facts: object }[] }>(
      "GET",
      `/api/v1/decisions/${id}/events`,
    );
    expect(body.entries).toMatchObject([
      { action: "decision.opened", facts: { small_cells: "acknowledged" } },
    ]);
  });

  it.each([
    ["ten share each", [...tenAndNine, 7], {}],
    ["all weigh the same", [4, 4, 4], {}],
    ["it is a roll call", [1, 2, 3], { disclosure: "roll_call" }],
  ])("needs no word where %s", async (_, weights, given) => {
    expect((await open(await draftedWith(weights, given))).body.status).toBe("open");
  });

  it("takes no other member", async () => {
    const id = await draftedWith([1, 1]);
    const { body } = await open(id, { acknowledged: true });
    expect(body.code).toBe("body.unknown_field");
  });
});
