import { describe, expect, it } from "vitest";
import { adminKey } from "../../../support/worker/api.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";

const path = "/api/v1/audit/decisions";

describe("the audit's list of decisions", () => {
  it("names every decision once, in order of id, whatever the page size", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.push(await draftDecision());
    for (const perPage of [1, 3, 7, 100]) {
      expect(await walkPages<string>(path, perPage)).toEqual(ids.toSorted());
    }
  });

  it("refuses a cursor that is not its own", async () => {
    const foreign = Buffer.from(JSON.stringify({ shard: 0, seq: 1 })).toString("base64url");
    await refused("GET", `${path}?after=${foreign}`, { key: adminKey }, 400, "query.invalid");
  });
});
