import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { ListedChecks } from "../../ports/record-check.ts";
import { CoalescedProbe } from "../coalescing/coalesced-probe.ts";
import { readStatusRoute } from "../contract/status.ts";
import { Problem } from "../problem.ts";
import { sharedReadinessOf } from "../readiness/shared-readiness.ts";
import { viewStatus } from "../responses/view-status.ts";

/** Whether everything still agrees with the record, for everybody. */
export function statusRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const readiness = sharedReadinessOf(deps);
  const checks = new CoalescedProbe(() => readChecks(deps), {
    now: () => deps.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  app.openapi(readStatusRoute, async (c) => {
    const [ready, found] = await Promise.all([readiness.read(), checks.read()]);
    if (ready === null || found === null) throw new Problem("service.unknown");
    const look = { readiness: ready.value, checks: found.value };
    const lookedAt = Math.min(ready.startedAt, found.startedAt);
    return c.json(viewStatus(look, lookedAt, deps.now()), 200);
  });
}

async function readChecks(deps: HttpDependencies): Promise<ListedChecks | null> {
  try {
    return await deps.recordChecks();
  } catch (error) {
    deps.report("registry.no_answer", error);
    return null;
  }
}
