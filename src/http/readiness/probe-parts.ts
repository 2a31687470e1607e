import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { BacklogSummary } from "../../ports/backlog.ts";
import { withDeadline } from "../../shared/deadline.ts";
import { limits } from "../../shared/limits.ts";
import type { SearchHealth, SearchReads } from "../../search/search.ts";
import { viewBacklog, type BacklogView } from "../responses/view-backlog.ts";
import type { ReadinessCause, ReadinessCode } from "./readiness-cause.ts";

/** What one look at all parts has found. */
export type Readiness = Awaited<ReturnType<typeof probeParts>>;

/** Costs two connections, a call of the registry, one of Redis, and two of the brokers. */
export async function probeParts(deps: HttpDependencies) {
  const [database, log, cache, search, waiting] = await Promise.all([
    deps.database.health(),
    deps.voteLog.health(),
    deps.cacheState(),
    readSearchHealth(deps),
    readBacklog(deps),
  ]);
  const backlog = viewBacklog(waiting, deps.now());
  const loginProblems = [...deps.logins.problems, ...deps.staffLogins.problems];
  const parts = {
    database: {
      kind: database.kind,
      problems: database.problems,
      warnings: [...database.warnings, ...database.replicaWarnings],
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
  // decisions need logins. Cache and search are shown alone: nothing waits for them.
  const isReady = Object.values(parts).every(({ problems }) => problems.length === 0);
  const causes = [
    ...causesOf("database.unwell", database.problems),
    ...causesOf("database.filling", database.warnings),
    ...causesOf("database.replica_unwell", database.replicaWarnings),
    ...causesOf("vote_log.unwell", log.problems),
    ...causesOfBacklog(waiting, backlog),
    ...causesOf("logins.misconfigured", loginProblems),
    ...causesOf("challenge.misconfigured", deps.challenge.problems),
    ...causesOf("cache.unwell", cache === "ok" || cache === "off" ? [] : [cache]),
    ...causesOf("search.unwell", search.problems),
    ...causesOf("search.behind", isBehind(search, deps.now()) ? [lagWords] : []),
  ];
  const shownSearch = {
    kind: search.kind,
    indexed_to: search.indexedTo === null ? null : new Date(search.indexedTo).toISOString(),
    problems: search.problems,
  };
  return {
    isReady,
    shown: { ...parts, cache, search: shownSearch },
    causes,
    databaseSize: database.size,
  };
}

const lagWords = "what has changed in the last minutes is not found";

async function readSearchHealth(deps: HttpDependencies): Promise<SearchHealth> {
  if (deps.search === null) return { kind: "none", problems: [], indexedTo: null };
  const [index, feedProblems] = await Promise.all([
    readIndexHealth(deps.search),
    deps.searchFeed.problems(),
  ]);
  const problems = [...index.problems, ...(await lossOf(index, deps)), ...feedProblems];
  return { ...index, problems };
}

/** Of an index that says nothing in its time readiness says that: nobody else has to wait for it. */
function readIndexHealth(search: SearchReads): Promise<SearchHealth> {
  return withDeadline(search.health(), limits.searchHealthMsMax, () => ({
    kind: "unknown",
    problems: ["it does not answer"],
    indexedTo: null,
  }));
}

const lossWords = "the index has lost what it had: `enviro reindex` fills it again";

/** That an index is empty is no problem while it is new. */
async function lossOf(
  { problems, indexedTo }: SearchHealth,
  { searchFeed, report }: HttpDependencies,
): Promise<string[]> {
  if (indexedTo !== null || problems.length > 0) return [];
  try {
    const wasFilled = await withDeadline(searchFeed.wasFilled(), limits.searchHealthMsMax);
    return wasFilled ? [lossWords] : [];
  } catch (error) {
    report("registry.no_answer", error);
    return [];
  }
}

/** Whether the index has not even heard the time for so long; one that says why is no riddle. */
function isBehind({ problems, indexedTo }: SearchHealth, now: number): boolean {
  return problems.length === 0 && indexedTo !== null && now - indexedTo > limits.searchBehindMs;
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
