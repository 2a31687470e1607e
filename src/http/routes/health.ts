import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { BacklogSummary } from "../../ports/backlog.ts";
import { CoalescedProbe } from "../coalescing/coalesced-probe.ts";
import { viewBacklog } from "../responses/view-backlog.ts";

/** For load balancers (alive) and for whoever watches the deployment (whether all of it works). */
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

/** Costs a connection, a call of the registry, one of the brokers and one of Redis. */
async function probeParts(deps: HttpDependencies) {
  const [database, log, cache, waiting] = await Promise.all([
    deps.database.health(),
    deps.voteLog.health(),
    deps.cacheState(),
    readBacklog(deps),
  ]);
  const backlog = viewBacklog(waiting, deps.now());
  const parts = {
    database: {
      kind: database.kind,
      problems: database.problems,
      warnings: database.warnings,
      dead_letters: database.deadLetters,
    },
    vote_log: {
      kind: log.kind,
      lag_ballots: backlog.lagBallots,
      oldest_minutes: backlog.oldestMinutes,
      problems: [...log.problems, ...backlog.lagProblems],
    },
    certification: {
      waiting: backlog.uncertified,
      oldest_minutes: backlog.uncertifiedMinutes,
      problems: backlog.certificationProblems,
    },
    logins: { problems: [...deps.logins.problems, ...deps.challenge.problems] },
  };
  // Votes need neither database nor log, but lists, exports and certificates do; voters of some
  // decisions need logins. The cache is shown alone: nothing waits for it.
  const isReady = Object.values(parts).every(({ problems }) => problems.length === 0);
  return { isReady, ...parts, cache };
}

async function readBacklog(deps: HttpDependencies): Promise<BacklogSummary | null> {
  try {
    return await deps.backlog();
  } catch (error) {
    deps.report("registry.no_answer", error);
    return null;
  }
}
