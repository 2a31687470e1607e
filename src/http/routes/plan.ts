import type { OpenAPIHono } from "@hono/zod-openapi";
import { viewPlan } from "../../planner/plan-json.ts";
import { planDeployment } from "../../planner/plan.ts";
import { limits } from "../../shared/limits.ts";
import { planRoute } from "../contract/plan.ts";
import { jsonBody } from "../middleware/json-body.ts";

/** What a load needs and costs: worked out from nothing but the request. */
export function planRoutes(app: OpenAPIHono): void {
  const body = jsonBody(limits.planBytesMax);

  app.openapi({ ...planRoute, middleware: [body] }, (c) => {
    const asked = c.req.valid("json");
    const plan = planDeployment({
      votesPerSecond: asked.votes_per_second,
      hours: asked.hours,
      sessionsAMonth: asked.sessions_a_month,
      decisions: asked.decisions,
      voters: asked.voters,
      continents: asked.continents,
      regions: asked.regions,
      isRollCall: asked.roll_call,
      watchers: asked.watchers,
      database: asked.database ?? null,
      log: asked.log ?? null,
    });
    return c.json(viewPlan(plan), 200);
  });
}
