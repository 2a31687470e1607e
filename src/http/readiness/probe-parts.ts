import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { BacklogSummary } from "../../ports/backlog.ts";
import { viewBacklog, type BacklogView } from "../responses/view-backlog.ts";
import type { ReadinessCause, ReadinessCode } from "./readiness-cause.ts";

/** What one look at all parts has found. */
export type Readiness = Awaited<ReturnType<typeof probeParts>>;

/** Costs a connection, a call of the registry, one of the brokers and one of Redis. */
export async function probeParts(deps: HttpDependencies) {
  const [database, log, cache, waiting] = await Promise.all([
    deps.database.health(),
    deps.voteLog.health(),
    deps.cacheState(),
    readBacklog(deps),
  ]);
  const backlog = viewBacklog(waiting, deps.now());
  const loginProblems = [...deps.logins.problems, ...deps.staffLogins.problems];
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
    logins: { problems: [...loginProblems, ...deps.challenge.problems] },
  };
  // Votes need neither database nor log, but lists, exports and certificates do; voters of some
  // decisions need logins. The cache is shown alone: nothing waits for it.
  const isReady = Object.values(parts).every(({ problems }) => problems.length === 0);
  const causes = [
    ...causesOf("database.unwell", database.problems),
    ...causesOf("database.filling", database.warnings),
    ...causesOf("vote_log.unwell", log.problems),
    ...causesOfBacklog(waiting, backlog),
    ...causesOf("logins.misconfigured", loginProblems),
    ...causesOf("challenge.misconfigured", deps.challenge.problems),
    ...causesOf("cache.unwell", cache === "ok" || cache === "off" ? [] : [cache]),
  ];
  return { isReady, shown: { ...parts, cache }, causes, databaseSize: database.size };
}

async function readBacklog(deps: HttpDependencies): Promise<BacklogSummary | null> {
  try {
    return await deps.backlog();
  } catch (error) {
    deps.report("registry.no_answer", error);
    return null;
  }
}

function causesOf(code: ReadinessCode, details: readonly string[]): ReadinessCause[] {
  return details.map((detail) => ({ code, detail }));
}

function causesOfBacklog(waiting: BacklogSummary | null, view: BacklogView): ReadinessCause[] {
  if (waiting === null) return [{ code: "registry.no_answer", detail: null }];
  const failure = waiting.writerFailure;
  return [
    ...(view.isLate ? [{ code: "vote_log.ballots_wait" as const, detail: null }] : []),
    ...causesOf("vote_log.shards_cannot_send", waiting.causes),
    ...causesOf("vote_log.writer_waits", failure === null ? [] : [failure.cause]),
    ...(waiting.uncertified === 0
      ? []
      : [{ code: "certification.waiting" as const, detail: null }]),
  ];
}
