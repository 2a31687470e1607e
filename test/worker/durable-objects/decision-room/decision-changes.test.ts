import { describe, expect, it } from "vitest";
import { adminKey } from "../../../support/worker/api.ts";
import { iso } from "../../../support/worker/clock.ts";
import {
  amendDecision,
  backwardWindow,
  decisionsPath,
  readDecision,
  takeStep,
} from "../../../support/worker/decision-calls.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";

const anHour = 3_600_000;

describe("changing a decision", () => {
  it("is for drafts: what is named changes and nothing else does", async () => {
    const id = await draftDecision();
    const before = (await readDecision(id)).body;
    const { status, body } = await amendDecision(id, {
      title: "Another",
      closes_at: "2099-01-01T00:00:00Z",
    });
    const closes_at = "2099-01-01T00:00:00.000Z";
    expect([status, body]).toEqual([200, { ...before, title: "Another", closes_at }]);
    expect((await amendDecision(id, { closes_at: null })).body.closes_at).toBeNull();
    expect((await amendDecision(id, {})).body).toEqual({ ...before, title: "Another" });
  });

  it.each(["open", "close", "cancel"])(
    "is refused after %s, and the manifest stays",
    async (last) => {
      const id = await draftDecision();
      if (last === "close") await takeStep(id, "open");
      await takeStep(id, last);
      const before = (await readDecision(id)).body;
      const ask = { key: adminKey, body: { title: "Another" } };
      await refused("PATCH", `${decisionsPath}/${id}`, ask, 409, "decision.not_draft");
      expect((await readDecision(id)).body).toEqual(before);
    },
  );

  it("is refused while it is scheduled", async () => {
    const id = await draftDecision({ opens_at: iso(Date.now() + anHour) });
    await takeStep(id, "open");
    const ask = { key: adminKey, body: { opens_at: null } };
    await refused("PATCH", `${decisionsPath}/${id}`, ask, 409, "decision.not_draft");
  });

  it("can't give a decision another id, an unknown member or a backward window", async () => {
    const id = await draftDecision();
    const ask = (body: object) => ({ key: adminKey, body });
    await refused(
      "PATCH",
      `${decisionsPath}/${id}`,
      ask({ id: "other" }),
      400,
      "body.unknown_field",
    );
    await refused(
      "PATCH",
      `${decisionsPath}/${id}`,
      ask({ status: "open" }),
      400,
      "body.unknown_field",
    );
    await refused("PATCH", `${decisionsPath}/${id}`, ask(backwardWindow()), 400, "body.invalid");
    await refused(
      "PATCH",
      `${decisionsPath}/nobody`,
      ask({ title: "x" }),
      404,
      "decision.not_found",
    );
  });

  it("can't make a window run backwards by changing one end of it", async () => {
    const id = await draftDecision({ closes_at: "2099-01-01T00:00:00Z" });
    const body = { opens_at: "2099-02-01T00:00:00Z" };
    const { status } = await amendDecision(id, body);
    expect(status).toBe(400);
    expect((await readDecision(id)).body.opens_at).toBeNull();
  });
});
