import { describe, expect, it } from "vitest";
import { adminKey, send } from "../../../support/worker/api.ts";
import { decisionsPath, readDecision } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";

describe("what there is not", () => {
  it("is a problem document, whatever the method", async () => {
    for (const method of ["GET", "POST", "PUT", "DELETE"]) {
      await refused(method, "/api/v1/nothing-here", {}, 404, "route.not_found");
    }
  });

  it("includes methods that a path does not know, and they change nothing", async () => {
    const id = await draftDecision();
    const before = (await readDecision(id)).body;
    for (const [method, end] of [
      ["PUT", ""],
      ["POST", ""],
      ["DELETE", "/results"],
    ] as const) {
      const { status } = await send(method, `${decisionsPath}/${id}${end}`, {
        key: adminKey,
        body: {},
      });
      expect([404, 405]).toContain(status);
    }
    expect((await readDecision(id)).body).toEqual(before);
  });

  it("is said in problem documents also where a WebSocket was expected", async () => {
    const id = await openedDecision();
    const response = await send("GET", `${decisionsPath}/${id}/results/socket`);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      426,
      "application/problem+json",
    ]);
  });
});
