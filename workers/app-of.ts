import { ballotTokens } from "../src/auth/ballot-token.ts";
import { sha256Hex } from "../src/auth/digest.ts";
import { externalLogins } from "../src/auth/external-login/external-logins.ts";
import { readIssuers } from "../src/auth/external-login/issuers.ts";
import { createApp } from "../src/http/app.ts";
import type { HttpDeps } from "../src/http/deps.ts";
import { knownKeys, registryApiKeys } from "./adapters/api-keys.ts";
import type { ChosenCache } from "./adapters/cache.ts";
import { durableBallotBox } from "./adapters/ballot-box.ts";
import { deadLetterBox } from "./adapters/dead-letters.ts";
import { durableRollBox } from "./adapters/roll-box.ts";
import { cachedResults } from "./adapters/results.ts";
import { durableRooms, votingContexts } from "./adapters/rooms.ts";
import { shardCalls } from "./adapters/shard-calls.ts";
import { cacheOf, databaseOf } from "./composition.ts";
import { reportFailure } from "./report-failure.ts";
import { readVoteLogHealth } from "./vote-writers.ts";

const apps = new WeakMap<Env, ReturnType<typeof createApp>>();

/** The HTTP side of an environment, built on an isolate's first request. */
export function appOf(env: Env): ReturnType<typeof createApp> {
  const known = apps.get(env);
  if (known !== undefined) return known;
  const app = createApp(depsOf(env, cacheOf(env)));
  apps.set(env, app);
  return app;
}

/** The world of an environment, with this cache before its rooms. */
export function depsOf(env: Env, { cache, fault, state }: ChosenCache): HttpDeps {
  if (fault !== null) reportFailure("cache.misconfigured", new Error(fault));
  const rooms = durableRooms(env, votingContexts());
  const shardAt = shardCalls(env);
  return {
    rooms,
    results:
      cache === null
        ? { read: (decisionId) => rooms.result(decisionId) }
        : cachedResults(rooms, cache),
    cacheState: state,
    ballotBox: durableBallotBox(shardAt),
    rollBox: durableRollBox(shardAt),
    apiKeys: registryApiKeys(env.REGISTRY, knownKeys()),
    tokens: ballotTokens(env.BALLOT_TOKEN_KEYS, env.TOKEN_ISSUER),
    logins: externalLogins(readIssuers(env.EXTERNAL_ISSUERS), {
      fetch: (url, init) => fetch(url, init),
      now: () => Date.now(),
      report: reportFailure,
    }),
    database: databaseOf(env),
    deadLetters: deadLetterBox(env, rooms, shardAt),
    voteLog: { health: () => readVoteLogHealth(env) },
    adminKeyDigest: sha256Hex(env.ADMIN_API_KEY),
    now: () => Date.now(),
    report: reportFailure,
  };
}
