import { apiKeyNames } from "../auth/api-key.ts";
import { ballotTokens } from "../auth/ballot-token.ts";
import {
  readChallengeSettings,
  type ChallengeVariables,
} from "../auth/challenge/challenge-settings.ts";
import { loginChallenge } from "../auth/challenge/login-challenge.ts";
import { decisionIds } from "../auth/decision-ids.ts";
import { sha256Hex } from "../auth/digest.ts";
import { nameMacs } from "../auth/name-macs.ts";
import { sessionSecrets } from "../auth/session.ts";
import { receiptKeys } from "../auth/receipt-keys.ts";
import { externalLogins } from "../auth/external-login/external-logins.ts";
import { staffLogins } from "../auth/staff-login/staff-logins.ts";
import {
  readStaffProviders,
  type StaffLoginVariables,
} from "../auth/staff-login/staff-providers.ts";
import { readIssuers } from "../auth/external-login/issuers.ts";
import type { HttpDependencies } from "../ports/http-dependencies.ts";
import { chooseAdmission, type AdmissionVariables } from "./admission/admission.ts";
import { knownKeys, registryApiKeys } from "./adapters/api-keys.ts";
import type { ChosenCache } from "./adapters/cache.ts";
import { objectBackups } from "./adapters/backups.ts";
import { durableBallots } from "./adapters/ballots.ts";
import { replayableDeadLetters } from "./adapters/dead-letters.ts";
import { durableRolls } from "./adapters/rolls.ts";
import { durableRecoveries } from "./adapters/recoveries.ts";
import { reindexOf } from "./adapters/reindex.ts";
import { cachedResults } from "./adapters/results.ts";
import { durableDecisions, votingContexts } from "./adapters/decisions.ts";
import { sealedLists } from "./adapters/sealed-lists.ts";
import { registrySessions } from "./adapters/sessions.ts";
import { cachedStatistics } from "./adapters/statistics.ts";
import { shardCalls } from "./adapters/shard-calls.ts";
import { versionedCollector, versionedRegistry } from "./objects/versioned-stubs.ts";
import { meterOf } from "./metrics/isolate-meter.ts";
import { databaseOf } from "./database.ts";
import { limits } from "../shared/limits.ts";
import { withDeadline } from "../shared/deadline.ts";
import { RefusedCredentials } from "./refused-credentials.ts";
import { reportFailure, reportRefusals } from "./report-failure.ts";
import { searchOf } from "./search.ts";
import { searchFeedHealth } from "./search-feed-health.ts";
import { tracerOf } from "./tracer.ts";
import { readVoteLogHealth } from "./vote-log-health.ts";
import { chooseMetrics } from "../telemetry/metrics/settings.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/** What the HTTP side needs, from this environment, with this cache before its decisions. */
export function httpDependencies(env: Env, { cache, fault, state }: ChosenCache): HttpDependencies {
  if (fault !== null) reportFailure("cache.misconfigured", new LoggableError(fault));
  const issuers = readIssuers(env.EXTERNAL_ISSUERS);
  if (issuers.problem !== null)
    reportFailure("logins.misconfigured", new LoggableError(issuers.problem));
  const variables: ChallengeVariables & StaffLoginVariables = env;
  const staff = readStaffProviders(variables.STAFF_LOGINS || "[]");
  if (staff.problem !== null)
    reportFailure("logins.misconfigured", new LoggableError(staff.problem));
  const challenge = readChallengeSettings(variables);
  if (challenge.kind === "misconfigured")
    reportFailure("challenge.misconfigured", new LoggableError(challenge.problem));
  const metrics = chooseMetrics(env);
  if (metrics.kind === "misconfigured")
    reportFailure("metrics.misconfigured", new LoggableError(metrics.problem));
  const outgoing = {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    now: () => Date.now(),
    report: reportFailure,
  };
  // wrangler.toml has them all, but a limiter that is missing must stop no vote.
  const rates = env as Env & AdmissionVariables;
  const ids = decisionIds(env.ID_KEYS);
  const decisions = durableDecisions(env, { ids, contexts: votingContexts() });
  const shardAt = shardCalls(env);
  const database = databaseOf(env);
  const search = searchOf(env);
  const meter = meterOf(env);
  const refused = new RefusedCredentials({ now: () => Date.now(), tell: reportRefusals });
  return {
    admission: chooseAdmission(rates, { now: () => Date.now(), report: reportFailure, meter }),
    decisionIds: ids,
    decisions,
    results:
      cache === null
        ? {
            read(decisionId) {
              meter.count("enviro.cache.reads", { tier: "record" });
              return decisions.result(decisionId);
            },
          }
        : cachedResults(decisions, cache, ids, meter),
    cacheState: state,
    ballots: durableBallots(shardAt),
    rolls: durableRolls(shardAt),
    apiKeys: registryApiKeys(env.REGISTRY, knownKeys()),
    apiKeyNames: apiKeyNames(env.ID_KEYS),
    sessions: registrySessions(env.REGISTRY),
    sessionSecrets: sessionSecrets(env.ID_KEYS),
    staffLogins: staffLogins(staff, env.ID_KEYS, outgoing),
    tokens: ballotTokens(env.BALLOT_TOKEN_KEYS, env.TOKEN_ISSUER),
    receipts: receiptKeys(env.RECEIPT_SIGNING_KEYS),
    challenge: loginChallenge(challenge, outgoing),
    logins: externalLogins(issuers, outgoing),
    database,
    lists: sealedLists(env),
    backups: objectBackups(env, ids),
    recoveries: durableRecoveries(env, shardAt),
    deadLetters: replayableDeadLetters(env, { ids, decisions, shardAt }),
    backlog: () =>
      withDeadline(versionedRegistry(env.REGISTRY).readBacklog(), limits.snapshotDeadlineMs),
    recordChecks: () =>
      withDeadline(
        versionedRegistry(env.REGISTRY).readChecks(limits.listedChecksMax),
        limits.snapshotDeadlineMs,
      ),
    search,
    statistics: search === null ? null : cachedStatistics({ search, database }, cache),
    searchFeed: searchFeedHealth(env),
    searchReindex: reindexOf(env, search),
    searchCursors: nameMacs(env.ID_KEYS, { purpose: "search cursor", macDigits: 32 }),
    voteLog: { health: () => readVoteLogHealth(env) },
    meter,
    metrics:
      metrics.kind === "prometheus"
        ? {
            read: () =>
              withDeadline(
                versionedCollector(env.METRICS_COLLECTOR).read(),
                limits.snapshotDeadlineMs,
              ),
          }
        : null,
    adminKeyDigest: sha256Hex(env.ADMIN_API_KEY),
    tracer: tracerOf(env),
    now: () => Date.now(),
    report: reportFailure,
    noteRefusal: (code) => refused.note(code),
  };
}
