import { describe, expect, it } from "vitest";
import { draftDecision } from "../support/worker/decisions.ts";
import { putRoll, readRoll, type RollBody } from "../support/worker/rolls.ts";

const smallRoll = "voter_id,region,weight\nana,north,3\nben,south,\ncleo,north,1000000000000\n";

function figuresOf({ voters, weight, regions }: RollBody) {
  return { voters, weight, regions };
}

describe("importing a roll", () => {
  it("loads every good row and tells what the roll came to", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const { status, body } = await putRoll(id, smallRoll);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ rows: 3, loaded: 3, refused: 0, reasons: [], problems: [] });
    const regions = [
      { region: "north", voters: 2, weight: "1000000000003" },
      { region: "south", voters: 1, weight: "1" },
    ];
    expect(figuresOf(body.roll)).toEqual({ voters: 3, weight: "1000000000004", regions });
    expect((await readRoll(id)).body).toMatchObject({ roll: body.roll, upload: null });
  });
});
