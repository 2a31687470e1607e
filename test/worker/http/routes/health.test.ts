import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import type { HttpDependencies } from "../../../../src/ports/http-dependencies.ts";
import { versionedRegistry } from "../../../../src/platform/objects/versioned-stubs.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { LoggableError } from "../../../../src/shared/loggable-error.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { refusingSearch } from "../../../../src/search/refusing.ts";
import type { SearchReads } from "../../../../src/search/search.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { adminKey } from "../../../support/worker/api.ts";
import { forgetBacklog, registryStub } from "../../../support/worker/backlog.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";

beforeEach(forgetBacklog);
afterEach(releaseClock);

type Readiness = { status: string; age_ms?: number; database?: { kind: string } };

/** An isolate that counts how often it looks at database, log and cache; its database answers when `ready` says so. */
function countingIsolate(ready: Promise<unknown> = Promise.resolve()) {
  const deps = httpDependencies(env, chooseCache(env));
  const looks = { database: 0, log: 0, cache: 0, backlog: 0 };
  const counted: HttpDependencies = {
    ...deps,
    database: {
      ...deps.database,
      health: async () => {
        looks.database += 1;
        await ready;
        return deps.database.health();
      },
    },
    voteLog: {
      health: () => {
        looks.log += 1;
        return deps.voteLog.health();
      },
    },
    cacheState: () => {
      looks.cache += 1;
      return deps.cacheState();
    },
    backlog: () => {
      looks.backlog += 1;
      return deps.backlog();
    },
  };
  const app = createApp(counted);
  const ask = async () => {
    const answer = await app.request("/readyz");
    return { status: answer.status, body: await answer.json<Readiness>() };
  };
  return { looks, ask };
}

const once = { database: 1, log: 1, cache: 1, backlog: 1 };

describe("readiness", () => {
  it("is one look for all who ask at once, also before there is any answer", async () => {
    const { looks, ask } = countingIsolate();
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(looks).toEqual(once);
  });

  it("is told again for a second, with its age", async () => {
    const start = Date.now();
    stopClockAt(start);
    const { looks, ask } = countingIsolate();
    expect((await ask()).body).toMatchObject({ status: "ready", age_ms: 0 });
    stopClockAt(start + limits.healthSharedMs - 1);
    expect((await ask()).body).toMatchObject({
      status: "ready",
      age_ms: limits.healthSharedMs - 1,
      database: { kind: "d1" },
    });
    expect(looks).toEqual(once);
    stopClockAt(start + limits.healthSharedMs);
    expect((await ask()).body).toMatchObject({ status: "ready", age_ms: 0 });
    expect(looks).toEqual({ database: 2, log: 2, cache: 2, backlog: 2 });
  });

  it("is not known while the first look of all takes its time, and says so", async () => {
    let answer = (): void => {};
    const ready = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { looks, ask } = countingIsolate(ready);
    const first = ask();
    expect(await ask()).toEqual({ status: 503, body: { status: "unknown" } });
    expect(looks).toEqual(once);
    answer();
    expect((await first).body.status).toBe("ready");
    expect((await ask()).body.status).toBe("ready");
    expect(looks).toEqual(once);
  });
});

describe("readiness of what waits", () => {
  it("is a problem where ballots wait for minutes, and tells their number and age in steps", async () => {
    const registry = versionedRegistry(env.REGISTRY);
    const address = { decisionId: "delta", shard: 0 };
    const since = Date.now() - 3 * 60_000;
    await registry.noteBacklog(address, { ...address, ballots: 4_321, since, cause: null });
    await registry.noteUncertified("delta", since);
    const { status, body } = await countingIsolate().ask();
    expect([status, body.status]).toEqual([503, "degraded"]);
    expect(body).toMatchObject({
      vote_log: {
        kind: "queue",
        lag_ballots: 1_000,
        oldest_minutes: 3,
        problems: ["ballots have waited for the database for minutes"],
      },
      certification: { waiting: 1, oldest_minutes: 3, problems: [expect.any(String)] },
    });
    await registry.noteBacklog(address, null);
    await registry.noteUncertified("delta", null);
    expect((await countingIsolate().ask()).status).toBe(200);
  });

  it("is not known without the registry, which is a problem of its own", async () => {
    const deps = httpDependencies(env, chooseCache(env));
    const backlog = () => Promise.reject(new LoggableError("away"));
    const answer = await createApp({ ...deps, backlog }).request("/readyz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      vote_log: { lag_ballots: null, problems: [expect.stringContaining("registry")] },
    });
    await expectLogged("registry.no_answer");
  });
});

describe("readiness of search", () => {
  beforeEach(() =>
    runInDurableObject(registryStub(), (_, { storage }) => {
      storage.kv.delete("search_filled");
    }),
  );
  const readinessWith = async (
    search: HttpDependencies["search"],
    replaced: Partial<HttpDependencies> = {},
  ) => {
    const deps = httpDependencies(env, chooseCache(env));
    const app = createApp({ ...deps, ...replaced, search });
    const answer = await app.request("/readyz");
    const { search: shown } = await answer.json<{ search: unknown }>();
    const headers = { authorization: `Bearer ${adminKey}` };
    const service = await app.request("/api/v1/service", { headers });
    const { causes } = await service.json<{ causes: { code: string }[] }>();
    const codes = causes.map(({ code }) => code).filter((code) => code.startsWith("search."));
    return { status: answer.status, shown, codes };
  };
  const indexAt = (indexedTo: number | null, problems: string[] = []): SearchReads => ({
    ...refusingSearch("not asked"),
    health: async () => ({ kind: "embedded", problems, indexedTo }),
  });

  it("tells up to when changes are found, and that it is behind once that is minutes ago", async () => {
    const now = Date.now();
    stopClockAt(now);
    const at = async (age: number) => readinessWith(indexAt(now - age));
    expect(await at(limits.searchBehindMs)).toEqual({
      status: 200,
      shown: {
        kind: "embedded",
        indexed_to: new Date(now - limits.searchBehindMs).toISOString(),
        problems: [],
      },
      codes: [],
    });
    expect(await at(limits.searchBehindMs + 1)).toMatchObject({
      status: 200,
      codes: ["search.behind"],
    });
  });

  it("names an index that has lost what it had, and tells it from a new one", async () => {
    const registry = versionedRegistry(env.REGISTRY);
    expect(await readinessWith(indexAt(null))).toMatchObject({ status: 200, codes: [] });
    await registry.noteSearchFilled();
    expect(await readinessWith(indexAt(null))).toMatchObject({
      status: 200,
      shown: { problems: ["the index has lost what it had: `enviro reindex` fills it again"] },
      codes: ["search.unwell"],
    });
    expect(await readinessWith(indexAt(Date.now()))).toMatchObject({ codes: [] });
  });

  it("names what keeps changes from the index", async () => {
    const searchFeed = {
      problems: async () => ["there is no topic search"],
      wasFilled: async () => false,
    };
    expect(await readinessWith(indexAt(Date.now()), { searchFeed })).toMatchObject({
      status: 200,
      shown: { problems: ["there is no topic search"] },
      codes: ["search.unwell"],
    });
    expect(await readinessWith(null, { searchFeed })).toMatchObject({ codes: [] });
  });

  it("is ready without search, and where its index is away or was never filled", async () => {
    expect(await readinessWith(null)).toEqual({
      status: 200,
      shown: { kind: "none", indexed_to: null, problems: [] },
      codes: [],
    });
    expect(await readinessWith(indexAt(null))).toMatchObject({ status: 200, codes: [] });
    expect(await readinessWith(indexAt(1, ["it is away"]))).toMatchObject({
      status: 200,
      codes: ["search.unwell"],
    });
  });
});

describe("readiness beside an index that never answers", () => {
  it("is told to all who ask, with that as the problem of search", async () => {
    const deps = httpDependencies(env, chooseCache(env));
    const search: SearchReads = {
      ...refusingSearch("not asked"),
      health: () => new Promise(() => {}),
    };
    const app = createApp({ ...deps, search });
    const answers = await Promise.all([app.request("/readyz"), app.request("/readyz")]);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        status: "ready",
        search: { kind: "unknown", indexed_to: null, problems: ["it does not answer"] },
      });
    }
  });

  it("is told also where nobody says whether an empty index was filled", async () => {
    const deps = httpDependencies(env, chooseCache(env));
    const search: SearchReads = {
      ...refusingSearch("not asked"),
      health: async () => ({ kind: "embedded", problems: [], indexedTo: null }),
    };
    const wasFilled = () => new Promise<boolean>(() => {});
    const app = createApp({ ...deps, search, searchFeed: { ...deps.searchFeed, wasFilled } });
    expect((await app.request("/readyz")).status).toBe(200);
    await expectLogged("registry.no_answer");
  });
});

describe("a deployment whose EXTERNAL_ISSUERS can't be read", () => {
  const broken = () => {
    const settings = { ...env, EXTERNAL_ISSUERS: "[{" as unknown as typeof env.EXTERNAL_ISSUERS };
    return createApp(httpDependencies(settings, chooseCache(settings)));
  };

  it("names the setting in readiness and in its log, and answers everything else", async () => {
    const app = broken();
    const answer = await app.request("/readyz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      status: "degraded",
      database: { problems: [] },
      logins: { problems: ["EXTERNAL_ISSUERS is not JSON"] },
    });
    await expectLogged("logins.misconfigured");
    expect((await app.request("/healthz")).status).toBe(200);
    expect((await app.request("/api/v1/decisions")).status).toBe(200);
  });
});
