import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { versionedRegistry } from "../../../../src/platform/objects/versioned-stubs.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { forgetBacklog, registryStub } from "../../../support/worker/backlog.ts";

const nothing = {
  ballots: 0,
  since: null,
  causes: [],
  writerFailure: null,
  uncertified: 0,
  uncertifiedSince: null,
};

const registry = versionedRegistry(env.REGISTRY);

function note(decisionId: string, shard: number, ballots: number, more: object = {}) {
  const address = { decisionId, shard };
  return registry.noteBacklog(address, {
    ...address,
    ballots,
    since: 60_000,
    cause: null,
    ...more,
  });
}

beforeEach(forgetBacklog);

describe("what the registry knows of what waits", () => {
  it("is nothing before anybody has told anything", async () => {
    expect(await registry.readBacklog()).toEqual(nothing);
  });

  it("is the sum of the last words of all shards, with the oldest time, also after an eviction", async () => {
    await note("delta", 0, 7, { since: 120_000 });
    await note("delta", 1, 5);
    await note("delta", 1, 6);
    await note("river", 0, 10, { since: 180_000 });
    await evictDurableObject(registryStub());
    expect(await registry.readBacklog()).toMatchObject({ ballots: 23, since: 60_000 });
    await registry.noteBacklog({ decisionId: "delta", shard: 1 }, null);
    expect(await registry.readBacklog()).toMatchObject({ ballots: 17, since: 120_000 });
  });

  it("has no time of a shard that only can't reach its room", async () => {
    await note("delta", 0, 0, { since: 1, cause: "the room is away" });
    const summary = { ...nothing, causes: ["the room is away"] };
    expect(await registry.readBacklog()).toEqual(summary);
    await note("delta", 1, 2, { since: 5 });
    expect(await registry.readBacklog()).toEqual({ ...summary, ballots: 2, since: 5 });
  });

  it("names each cause once, and the first few", async () => {
    for (let shard = 0; shard < 2 * limits.backlogCausesMax; shard += 1) {
      await note("delta", shard, 1, { cause: `cause ${shard}` });
      await note("river", shard, 1, { cause: `cause ${shard}` });
    }
    const { causes } = await registry.readBacklog();
    expect(causes).toHaveLength(limits.backlogCausesMax);
    expect(new Set(causes).size).toBe(causes.length);
  });

  it("counts decisions that wait, until each says that it does no longer", async () => {
    await registry.noteUncertified("delta", 500);
    await registry.noteUncertified("delta", 500);
    await registry.noteUncertified("river", 400);
    expect(await registry.readBacklog()).toMatchObject({ uncertified: 2, uncertifiedSince: 400 });
    await registry.noteUncertified("river", null);
    expect(await registry.readBacklog()).toMatchObject({ uncertified: 1, uncertifiedSince: 500 });
  });

  it("tells a writer's failure for a while, and no longer than it lasts", async () => {
    const failure = { cause: "Error (SQLITE_FULL)", at: Date.now() };
    await registry.noteWriterFailure(failure);
    expect((await registry.readBacklog()).writerFailure).toEqual(failure);
    await registry.noteWriterFailure(null);
    expect((await registry.readBacklog()).writerFailure).toBeNull();
    const long = { ...failure, at: Date.now() - limits.writerFailureKeptMs - 1 };
    await registry.noteWriterFailure(long);
    expect((await registry.readBacklog()).writerFailure).toBeNull();
  });

  it("ends with a decision that is deleted", async () => {
    await note("draft", 0, 1);
    await registry.noteUncertified("draft", 1);
    await registry.unregisterDecision("draft");
    expect(await registry.readBacklog()).toEqual(nothing);
  });
});
