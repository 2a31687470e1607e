import { describe, expect, it } from "vitest";
import { planDefaults } from "../../../../src/planner/plan-input.ts";
import { viewPlan } from "../../../../src/planner/plan-json.ts";
import { planDeployment } from "../../../../src/planner/plan.ts";
import { api } from "../../../support/worker/api.ts";
import { refused } from "../../../support/worker/problems.ts";

const path = "/api/v1/plan";

describe("planning a deployment", () => {
  it("answers what the command prints", async () => {
    const { status, body } = await api("POST", path, { body: { votes_per_second: 1_000 } });
    expect(status).toBe(200);
    expect(body).toEqual(viewPlan(planDeployment({ ...planDefaults, votesPerSecond: 1_000 })));
  });

  it("takes every figure", async () => {
    const figures = {
      hours: 1.5,
      sessions_a_month: 2,
      decisions: 3,
      voters: 5_000,
      continents: 2,
      regions: 7,
      roll_call: true,
      watchers: 600,
      database: "postgres",
      log: "kafka",
    };
    const { body } = await api("POST", path, { body: { votes_per_second: 20, ...figures } });
    const input = {
      votesPerSecond: 20,
      hours: 1.5,
      sessionsAMonth: 2,
      decisions: 3,
      voters: 5_000,
      continents: 2,
      regions: 7,
      isRollCall: true,
      watchers: 600,
      database: "postgres",
      log: "kafka",
    } as const;
    expect(body).toEqual(viewPlan(planDeployment(input)));
  });

  it.each([
    [{ votes_per_second: 0 }, "body.invalid"],
    [{ votes_per_second: 1e9 }, "body.invalid"],
    [{ votes_per_second: 1, decisions: 0 }, "body.invalid"],
    [{ votes_per_second: 1, regions: 2.5 }, "body.wrong_type"],
    [{ votes_per_second: 1, log: "pigeon" }, "body.invalid"],
    [{ votes_per_second: 1, colour: "red" }, "body.unknown_field"],
    [{}, "body.wrong_type"],
  ] as const)("refuses %j", async (body, code) => {
    await refused("POST", path, { body }, 400, code);
  });
});
