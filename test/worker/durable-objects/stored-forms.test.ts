import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ShardRolls } from "../../../durable-objects/ballot-shard/shard-rolls.ts";
import { ShardStore } from "../../../durable-objects/ballot-shard/shard-store.ts";
import { ShardTokens } from "../../../durable-objects/ballot-shard/shard-tokens.ts";
import { OutcomeStore } from "../../../durable-objects/decision-room/outcome-store.ts";
import { RoomStore } from "../../../durable-objects/decision-room/room-store.ts";
import { TokenCountStore } from "../../../durable-objects/decision-room/token-count-store.ts";
import { Registry } from "../../../durable-objects/registry/registry.ts";
import { AuditLog } from "../../../durable-objects/shared/audit-log.ts";
import { castBatch, votesOf } from "../../support/worker/batches.ts";
import { takeStep } from "../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { roomOf } from "../../support/worker/objects.ts";
import { putRoll } from "../../support/worker/rolls.ts";
import { openedShard } from "../../support/worker/shards.ts";

/** Puts a value in the storage of an object as a newer release would. */
function renew(storage: DurableObjectStorage, key: string): void {
  const kept = storage.kv.get<{ v: number }>(key);
  expect(kept?.v).toBe(1);
  storage.kv.put(key, { ...kept, v: 2 });
}

const refusal = (form: string) => `${form} has version 2, this release knows 1`;

async function closedDecision(): Promise<string> {
  const id = await openedDecision();
  await castBatch(id, votesOf(2, "yes", "north"));
  expect((await takeStep(id, "close")).status).toBe(200);
  return id;
}

describe("what a newer release has stored", () => {
  it.each([
    ["decision", "a room's decision"],
    ["seal/0", "a room's seal"],
  ])("of a room is refused by an older one: %s", async (key, form) => {
    await runInDurableObject(roomOf(await closedDecision()), (_, { storage }) => {
      expect(new RoomStore(storage).decision?.status).toBe("closed");
      renew(storage, key);
      expect(() => new RoomStore(storage)).toThrow(refusal(form));
    });
  });

  it("of a room is refused by an older one: the outcome", async () => {
    await runInDurableObject(roomOf(await closedDecision()), (_, { storage }) => {
      const store = new OutcomeStore(storage);
      expect(store.outcome?.text).toContain("outcome");
      renew(storage, "outcome");
      expect(() => store.outcome).toThrow(refusal("a room's outcome"));
    });
  });

  it("of a shard is refused by an older one: its terms", async () => {
    await runInDurableObject(await openedShard(), (_, { storage }) => {
      expect(new ShardStore(storage).terms?.shard).toBe(0);
      renew(storage, "terms");
      expect(() => new ShardStore(storage)).toThrow(refusal("a shard's terms"));
    });
  });

  it("of a shard is refused by an older one: its tally of the last minutes", async () => {
    await runInDurableObject(await openedShard(), (_, { storage }) => {
      new ShardStore(storage).keepLastMinutes();
      expect(new ShardStore(storage).lastMinutes).toEqual(new Map());
      renew(storage, "last_minutes");
      const form = "a shard's tally of the last minutes";
      expect(() => new ShardStore(storage)).toThrow(refusal(form));
    });
  });

  it("of a shard is refused by an older one: its tables", async () => {
    await runInDurableObject(await openedShard(), (_, { storage }) => {
      expect(storage.kv.get("schema")).toBe(1);
      storage.kv.put("schema", 2);
      expect(() => new ShardStore(storage)).toThrow(refusal("a shard's schema"));
    });
  });

  it("of a shard is refused by an older one: its part of the roll", async () => {
    const id = await draftDecision({ electorate: "roll" });
    await putRoll(id, "voter_id,region\nana,north\n");
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      expect(new ShardRolls(storage).readAfter(1, "", 10)).toHaveLength(1);
      renew(storage, "rolls");
      expect(() => new ShardRolls(storage)).toThrow(refusal("a shard's rolls"));
    });
  });

  it("of a shard is refused by an older one: its tokens", async () => {
    const id = await openedDecision();
    await tokenFor(id, "ana");
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      expect(new ShardTokens(storage).newestSerials([])).toEqual(new Map());
      renew(storage, "tokens");
      expect(() => new ShardTokens(storage)).toThrow(refusal("a shard's tokens"));
      renew(storage, "token_counts");
      expect(() => new TokenCountStore(storage)).toThrow(refusal("a room's counts of tokens"));
    });
  });

  it("of the registry is refused by an older one: whether search was filled", async () => {
    await runInDurableObject(env.REGISTRY.getByName("of search"), (registry, { storage }) => {
      registry.noteSearchFilled();
      expect(registry.wasSearchFilled()).toBe(true);
      renew(storage, "search_filled");
      expect(() => registry.wasSearchFilled()).toThrow(refusal("whether search was filled"));
    });
  });

  it("of the registry is refused by an older one: its tables", async () => {
    await runInDurableObject(env.REGISTRY.getByName("of a newer release"), (_, ctx) => {
      expect(ctx.storage.kv.get("schema")).toBe(1);
      ctx.storage.kv.put("schema", 2);
      const registry = new Registry(ctx, env);
      expect(() => registry.listDecisions("", 1)).toThrow(refusal("the registry's schema"));
    });
  });

  it("of an audit log is refused by an older one: its end", async () => {
    await runInDurableObject(roomOf(await closedDecision()), (_, { storage }) => {
      const auditLog = new AuditLog(storage, "a decision");
      expect(auditLog.readAfter(0, 1).entries).toHaveLength(1);
      renew(storage, "audit_log_head");
      expect(() => auditLog.readAfter(0, 1)).toThrow(refusal("the end of an audit log"));
    });
  });

  it("of an audit log is refused by an older one: an entry", async () => {
    await runInDurableObject(roomOf(await closedDecision()), (_, { storage }) => {
      const auditLog = new AuditLog(storage, "a decision");
      storage.sql.exec("UPDATE audit_log SET entry = '2' || substr(entry, 2) WHERE seq = 2");
      expect(auditLog.readAfter(0, 1).entries).toHaveLength(1);
      expect(() => auditLog.readAfter(1, 1)).toThrow(refusal("an entry of an audit log"));
    });
  });
});
