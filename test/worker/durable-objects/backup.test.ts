import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ObjectDump } from "../../../durable-objects/shared/backup/object-dump.ts";
import { pseudonym } from "../../../src/auth/pseudonym.ts";
import type { CastOutcome } from "../../../src/ballot/cast-many.ts";
import { recount } from "../../../src/ballot/recount.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import type { DumpReply, RestoreReply, RestoreRequest } from "../../../src/ports/backup.ts";
import { limits } from "../../../src/shared/limits.ts";
import { cellsOf } from "../../support/cells-of.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { sampleVoterId } from "../../support/sample-voter-id.ts";
import {
  castOn,
  inShard,
  openedShard,
  shardHomes,
  unopenedShard,
  type HomeObject,
  type HomeStub,
} from "../../support/worker/shards.ts";

const batch = limits.commitBallotsMax;
const cycleBallots = 64 * limits.indexFlushBallots;
const key = new Uint8Array(32).fill(9);
const pids = Array.from({ length: cycleBallots + 4 * batch }, (_, index) =>
  pseudonym(key, sampleVoterId(`voter ${index}`)),
);
const actor = { role: "admin", keyId: "deployment", owner: null, session: null } as const;

function votesOf(some: readonly string[], more: Partial<CastRequest> = {}): CastRequest[] {
  return some.map((pid) => ({
    pid,
    choice: "yes",
    region: "",
    weight: 1,
    nonce: labelNonce("only"),
    proof: null,
    serial: 1,
    authority: "station",
    note: null,
    ...more,
  }));
}

async function cast(stub: HomeStub, votes: CastRequest[]): Promise<Set<CastOutcome["kind"]>> {
  const kinds = new Set<CastOutcome["kind"]>();
  for (let from = 0; from < votes.length; from += batch) {
    const reply = await castOn(stub, votes.slice(from, from + batch));
    if (reply === "overloaded") throw new Error("the shard was overloaded");
    for (const { kind } of reply) kinds.add(kind);
  }
  return kinds;
}

/** All pages of one look at an object; `between` is done after each. */
async function dumped(
  stub: HomeStub,
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<RestoreRequest[]> {
  const pages: RestoreRequest[] = [];
  for (let dump: string | null = null; ;) {
    const page = pages.length + 1;
    const asked: string | null = dump;
    const reply: DumpReply = await runInDurableObject<HomeObject, DumpReply>(stub, (object) =>
      object.dumpPage({ dump: asked, page }),
    );
    if (reply === "changed") throw new Error(`page ${page} is refused as changed`);
    pages.push({ backup: "b", page, actor, ...reply });
    if (reply.isLast) return pages;
    dump = reply.dump;
    await between(page);
  }
}

function restore(stub: HomeStub, page: RestoreRequest): Promise<RestoreReply> {
  return runInDurableObject<HomeObject, RestoreReply>(stub, (object) => object.restorePage(page));
}

async function tallyOf(stub: HomeStub) {
  return cellsOf((await stub.snapshot()).tally);
}

describe.each(shardHomes)("a shard in %s", (home) => {
  it("that takes votes while it is read comes back as it was when that began", async () => {
    const source = await openedShard({}, home);
    const before = pids.slice(0, cycleBallots + batch);
    await cast(source, votesOf(before));
    const expected = await tallyOf(source);
    const pages = await dumped(source, async (page) => {
      await cast(
        source,
        votesOf(pids.slice(0, batch), { nonce: labelNonce(`${page}`), choice: "no" }),
      );
      await cast(source, votesOf(pids.slice(-batch)));
    });
    expect(pages.length).toBeGreaterThan(3);
    expect((await source.snapshot()).seq).toBeGreaterThan(before.length);

    const target = unopenedShard(home);
    for (const page of pages) expect(await restore(target, page)).toBe("taken");
    expect((await target.snapshot()).seq).toBe(before.length);
    expect(await tallyOf(target)).toEqual(expected);

    await evictDurableObject(target);
    expect(await cast(target, votesOf(before))).toEqual(new Set(["repeated"]));
    const changes = votesOf(before, { nonce: labelNonce("changed"), choice: "no" });
    expect(await cast(target, changes)).toEqual(new Set(["accepted"]));
    const counted = recount(await target.readBallots(0, 2 * before.length));
    expect(await tallyOf(target)).toEqual(cellsOf(counted));
    expect(await tallyOf(target)).toEqual({ " no": `${before.length} ${before.length}` });
  });
});

describe("a look at an object", () => {
  it("gives a page again, and none of another look", async () => {
    const source = await openedShard();
    await cast(source, votesOf(pids.slice(0, 20)));
    await runInDurableObject(source, (_, { storage }) => {
      const dump = new ObjectDump(storage, 400);
      const first = dump.page({ dump: null, page: 1 });
      if (first === "changed") throw new Error("nothing has changed");
      expect(first.isLast).toBe(false);
      expect(dump.page({ dump: first.dump, page: 1 })).toEqual(first);
      const second = dump.page({ dump: first.dump, page: 2 });
      expect(dump.page({ dump: first.dump, page: 2 })).toEqual(second);
      expect(dump.page({ dump: first.dump, page: 1 })).toBe("changed");
      dump.page({ dump: null, page: 1 });
      expect(dump.page({ dump: first.dump, page: 3 })).toBe("changed");
      expect(new ObjectDump(storage).page({ dump: first.dump, page: 3 })).toBe("changed");
    });
  });

  it("ends where a table was filled or emptied that it has read half of", async () => {
    const source = await openedShard();
    await cast(source, votesOf(pids.slice(0, 20)));
    await runInDurableObject(source, (_, { storage }) => {
      const dump = new ObjectDump(storage, 400);
      const first = dump.page({ dump: null, page: 1 });
      if (first === "changed") throw new Error("nothing has changed");
      storage.kv.put("tokens", { v: 1, value: { generation: 0, counts: {} } });
      expect(dump.page({ dump: first.dump, page: 2 })).toBe("changed");
    });
  });

  it("leaves an import of the roll out that is under way", async () => {
    const source = unopenedShard("an object of its own");
    const roll = { number: 3, inForce: null };
    await source.loadRoll(roll, JSON.stringify([["a", "north", 1]]), { piece: 0, batch: 0 });
    const [page] = await dumped(source);
    expect(page?.lines).not.toContain("roll_3");
    await source.sealRoll(roll, { decisionId: "d", shard: 0 });
    const [sealed] = await dumped(source);
    expect(sealed?.lines).toContain("roll_3");
    const target = unopenedShard("an object of its own");
    expect(await restore(target, sealed as RestoreRequest)).toBe("taken");
    expect(await target.readRoll(3, "", 10)).toEqual([{ pid: "a", region: "north", weight: 1 }]);
  });
});

describe("a restore", () => {
  async function pagesOf(votes: number): Promise<RestoreRequest[]> {
    const source = await openedShard();
    await cast(source, votesOf(pids.slice(0, votes)));
    return runInDurableObject(source, (_, { storage }) => {
      const dump = new ObjectDump(storage, 2_000);
      const pages: RestoreRequest[] = [];
      for (let last: string | null = null; ;) {
        const page = pages.length + 1;
        const reply = dump.page({ dump: last, page });
        if (reply === "changed") throw new Error("nothing has changed");
        pages.push({ backup: "b", page, actor, ...reply });
        if (reply.isLast) return pages;
        last = reply.dump;
      }
    });
  }

  it("refuses every other call until it is whole, also after an eviction", async () => {
    const [first, ...rest] = await pagesOf(50);
    const target = env.BALLOT_SHARD.getByName(`restored-${crypto.randomUUID()}`);
    const call = (method: string, ...args: unknown[]) =>
      runInDurableObject(target, (object) =>
        object.call({ v: 1, method, args }).then(
          ({ value }) => value,
          (error: unknown) => String(error),
        ),
      );
    expect(await restore(target, first as RestoreRequest)).toBe("taken");
    expect(await call("snapshot")).toContain("is being restored");
    await evictDurableObject(target);
    expect(await call("snapshot")).toContain("is being restored");
    for (const page of rest) expect(await call("restorePage", page)).toBe("taken");
    expect(await call("snapshot")).toMatchObject({ seq: 50 });
  });

  it("takes pages in their order, and each once", async () => {
    const [first, second, ...rest] = (await pagesOf(50)) as [RestoreRequest, RestoreRequest];
    const target = unopenedShard("an object of its own");
    expect(await restore(target, second)).toBe("out_of_turn");
    for (const page of [first, first, second, first, second, ...rest])
      expect(await restore(target, page)).toBe("taken");
    expect((await target.snapshot()).seq).toBe(50);
    for (const page of [first, second, ...rest]) expect(await restore(target, page)).toBe("taken");
    expect((await target.snapshot()).seq).toBe(50);
  });

  it("overwrites nothing: neither what was used, nor what was restored from elsewhere", async () => {
    const [first] = (await pagesOf(50)) as [RestoreRequest];
    const used = await openedShard();
    expect(await restore(used, first)).toBe("not_empty");
    const restored = unopenedShard("an object of its own");
    for (const page of await pagesOf(20)) expect(await restore(restored, page)).toBe("taken");
    expect(await restore(restored, first)).toBe("not_empty");
    expect((await restored.snapshot()).seq).toBe(20);
  });

  it("that is repeated while votes are taken leaves them and their shard alone", async () => {
    const target = unopenedShard("an object of its own");
    const pages = await pagesOf(50);
    for (const page of pages) expect(await restore(target, page)).toBe("taken");
    const shard = await inShard(target, (one) => [one]);
    for (const page of pages) expect(await restore(target, page)).toBe("taken");
    const kinds = await Promise.all([
      cast(target, votesOf(pids.slice(100, 120))),
      restore(target, pages.at(-1) as RestoreRequest),
      cast(target, votesOf(pids.slice(120, 140))),
    ]);
    expect(kinds).toEqual([new Set(["accepted"]), "taken", new Set(["accepted"])]);
    expect(await inShard(target, (one) => one === shard[0])).toBe(true);
    const counted = recount(await target.readBallots(0, 1_000));
    expect(await tallyOf(target)).toEqual(cellsOf(counted));
    expect((await target.snapshot()).seq).toBe(90);
  });

  it("takes a registry that restored rooms have told of themselves before", async () => {
    const source = env.REGISTRY.getByName(`registry-${crypto.randomUUID()}`);
    const page = await runInDurableObject(source, (registry): RestoreRequest => {
      registry.registerDecision("river");
      registry.beginChecks("river");
      const reply = registry.dumpPage({ dump: null, page: 1 });
      if (reply === "changed") throw new Error("nothing has changed");
      return { backup: "b", page: 1, actor, ...reply };
    });
    const target = env.REGISTRY.getByName(`registry-${crypto.randomUUID()}`);
    await runInDurableObject(target, async (registry) => {
      registry.beginChecks("river");
      registry.noteUncertified("river", 1);
      const address = { decisionId: "river", shard: 0 };
      registry.noteBacklog(address, { ...address, ballots: 1, since: 1, cause: null });
      registry.noteSearchFilled();
      expect(await registry.restorePage(page)).toBe("taken");
      expect(registry.listDecisions("", 10)).toEqual(["river"]);
      expect(registry.listChecksDue(10)).toHaveLength(1);
    });
  });

  it("that was broken off makes room for another", async () => {
    const target = unopenedShard("an object of its own");
    const [half] = (await pagesOf(50)) as [RestoreRequest];
    expect(await restore(target, half)).toBe("taken");
    for (const page of await pagesOf(20)) expect(await restore(target, page)).toBe("taken");
    expect((await target.snapshot()).seq).toBe(20);
  });
});
