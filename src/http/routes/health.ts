import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { CoalescedProbe } from "../coalescing/coalesced-probe.ts";

/** For load balancers and people: alive, and able to do the whole work. */
export function healthRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const readiness = new CoalescedProbe(() => probeParts(deps), {
    now: () => deps.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const result = await readiness.read();
    // Neither ready nor not: another request's probe still runs.
    if (result === null) return c.json({ status: "unknown" }, 503, { "retry-after": "1" });
    const { isReady, ...state } = result.value;
    const age_ms = Math.max(0, deps.now() - result.startedAt);
    const body = { status: isReady ? "ready" : "degraded", age_ms, ...state };
    return c.json(body, isReady ? 200 : 503);
  });
}

/** Costs a connection, four calls of the brokers and one of Redis. */
async function probeParts(deps: HttpDependencies) {
  const [database, log, cache] = await Promise.all([
    deps.database.health(),
    deps.voteLog.health(),
    deps.cacheState(),
  ]);
  return {
    // Votes need neither of the first two, but lists and exports do; voters of some decisions need
    // logins. The cache is shown alone: nothing waits for it.
    isReady: [database, log, deps.logins].every(({ problems }) => problems.length === 0),
    database: {
      kind: database.kind,
      problems: database.problems,
      warnings: database.warnings,
      dead_letters: database.deadLetters,
    },
    vote_log: { kind: log.kind, lag_records: log.lagRecords, problems: log.problems },
    logins: { problems: deps.logins.problems },
    cache,
  };
}
