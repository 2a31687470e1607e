import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ShardTokens } from "../../../../durable-objects/ballot-shard/shard-tokens.ts";
import { requestOf } from "../../../support/request-of.ts";
import { StorageInNode } from "../../../support/sqlite/storage-in-node.ts";

const voters = ["a", "b", "c", "d"];
const nothing = { issued: 0, reissued: 0, revoked: 0 };

/** The serials that the tokens of these voters need, or as many as are told of. */
function newestOf(tokens: ShardTokens, pids: readonly string[] = voters) {
  return Object.fromEntries(tokens.newestSerials(pids.map((pid) => requestOf({ pid }))));
}

function issue(tokens: ShardTokens, pids: readonly string[], generation = 1) {
  return tokens.move({ act: "issue", generation, pids });
}

function countReads(storage: StorageInNode, work: () => void): number {
  let reads = 0;
  storage.beforeStatement = () => void (reads += 1);
  work();
  storage.beforeStatement = () => {};
  return reads;
}

const moveArbitrary = fc.record({
  act: fc.constantFrom("issue" as const, "revoke" as const),
  generation: fc.constant(1),
  pids: fc.array(fc.constantFrom(...voters), { minLength: 1, maxLength: 6 }),
});

describe("the tokens of a shard's voters", () => {
  it("are numbered as in a plain list of all that was done, also after each eviction", () => {
    fc.assert(
      fc.property(fc.array(moveArbitrary, { maxLength: 8 }), (moves) => {
        const storage = new StorageInNode();
        const newest: Record<string, number> = {};
        const counts = { ...nothing };
        for (const move of moves) {
          const serials = move.pids.map((pid) => {
            const before = newest[pid];
            const isIssue = move.act === "issue";
            newest[pid] = before === undefined ? (isIssue ? 1 : 2) : before + 1;
            counts[!isIssue ? "revoked" : before === undefined ? "issued" : "reissued"] += 1;
            return newest[pid];
          });
          expect(new ShardTokens(storage).move(move)).toEqual({ serials, counts });
          const later = Object.entries(newest).filter(([, serial]) => serial > 1);
          expect(newestOf(new ShardTokens(storage))).toEqual(Object.fromEntries(later));
        }
      }),
    );
  });

  it("are not looked up for a vote while none was issued anew or revoked, and for stations and logins never", () => {
    const storage = new StorageInNode();
    const tokens = new ShardTokens(storage);
    expect(countReads(storage, () => newestOf(tokens))).toBe(0);
    issue(tokens, voters);
    expect(countReads(storage, () => newestOf(tokens))).toBe(0);
    issue(tokens, ["b"]);
    expect(countReads(storage, () => newestOf(tokens))).toBe(1);
    const others = [requestOf({ pid: "b", serial: null })];
    expect(countReads(storage, () => tokens.newestSerials(others))).toBe(0);
    const woken = new ShardTokens(storage);
    expect(newestOf(woken)).toEqual({ b: 2 });
  });

  it("write a row a voter and one for all, and nothing before the first", () => {
    const storage = new StorageInNode();
    const tokens = new ShardTokens(storage);
    tokens.drop();
    expect(tokens.forget(10)).toBe("done");
    expect(storage.kv.get("tokens")).toBeUndefined();
    issue(tokens, voters);
    expect(storage.sql.exec("SELECT pid FROM tokens").toArray()).toHaveLength(voters.length);
  });

  it("begin anew with the next key of the decision, and none is issued by an earlier one", () => {
    const storage = new StorageInNode();
    const tokens = new ShardTokens(storage);
    issue(tokens, ["a", "b", "b"]);
    const first = { issued: 1, reissued: 0, revoked: 0 };
    expect(issue(tokens, ["b"], 2)).toEqual({ serials: [1], counts: first });
    expect(newestOf(tokens)).toEqual({});
    expect(() => issue(tokens, ["a"], 1)).toThrow("the key of these pids is not replaced");
    expect(storage.sql.exec("SELECT pid FROM tokens").toArray()).toEqual([{ pid: "b" }]);
  });

  it("stay as they are where they can't be written", () => {
    const storage = new StorageInNode();
    const tokens = new ShardTokens(storage);
    issue(tokens, ["a", "a"]);
    for (const fails of [1, 2]) {
      let writes = 0;
      storage.beforeWrite = () => {
        writes += 1;
        if (writes === fails) throw new Error("disk full");
      };
      expect(() => issue(tokens, ["a", "b"])).toThrow("disk full");
      storage.beforeWrite = () => {};
      expect(newestOf(tokens)).toEqual({ a: 2 });
      expect(newestOf(new ShardTokens(storage))).toEqual({ a: 2 });
    }
    const counts = { issued: 2, reissued: 2, revoked: 0 };
    expect(issue(tokens, ["a", "b"])).toEqual({ serials: [3, 1], counts });
  });

  it("are forgotten a portion at a time, until there is no table", () => {
    const storage = new StorageInNode();
    const tokens = new ShardTokens(storage);
    issue(tokens, [...voters, ...voters]);
    expect([tokens.forget(3), tokens.forget(3), tokens.forget(3)]).toEqual([
      "more",
      "more",
      "done",
    ]);
    const tables = storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'tokens'");
    expect(tables.toArray()).toEqual([]);
    expect(newestOf(tokens)).toEqual({});
    expect(newestOf(new ShardTokens(storage))).toEqual({});
    expect(issue(new ShardTokens(storage), ["a"]).serials).toEqual([1]);
  });
});
