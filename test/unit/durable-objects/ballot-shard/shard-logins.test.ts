import { describe, expect, it } from "vitest";
import { ShardLogins } from "../../../../durable-objects/ballot-shard/shard-logins.ts";
import { StorageInNode } from "../../../support/sqlite/storage-in-node.ts";

const login = (digest: string, until: number) => ({ bindings: [], once: { digest, until } });
const joins = (name: string, value: string) => ({ bindings: [{ name, value }], once: null });

function countUsed(storage: StorageInNode): number {
  return storage.sql.exec("SELECT digest FROM used_logins").toArray().length;
}

describe("the logins of a shard's voters", () => {
  it("are exchanged once each, also after an eviction, and forgotten once they are too old", () => {
    const storage = new StorageInNode();
    expect(new ShardLogins(storage).use(login("a", 100), 50)).toBe("kept");
    expect(new ShardLogins(storage).use(login("a", 100), 60)).toBe("used");
    expect(new ShardLogins(storage).use(login("b", 200), 100)).toBe("kept");
    expect(new ShardLogins(storage).use(login("a", 100), 100)).toBe("used");
    expect(countUsed(storage)).toBe(2);
    expect(new ShardLogins(storage).use(login("c", 300), 101)).toBe("kept");
    expect(countUsed(storage)).toBe(2);
  });

  it("stand for the first that they were joined to, and use nothing up where they do not", () => {
    const storage = new StorageInNode();
    const logins = new ShardLogins(storage);
    expect(logins.use(joins("subject 1", "ana"), 0)).toBe("kept");
    expect(logins.use(joins("subject 1", "ana"), 0)).toBe("kept");
    const other = { ...joins("subject 1", "bea"), once: { digest: "a", until: 100 } };
    expect(logins.use(other, 0)).toBe("bound");
    expect(logins.use(login("a", 100), 0)).toBe("kept");
    expect(new ShardLogins(storage).use(joins("subject 1", "bea"), 0)).toBe("bound");
  });

  it("stay as they are where they can't be written", () => {
    const storage = new StorageInNode();
    const logins = new ShardLogins(storage);
    const whole = { ...joins("subject 1", "ana"), once: { digest: "a", until: 100 } };
    for (let fails = 1; fails <= 5; fails += 1) {
      let writes = 0;
      storage.beforeWrite = () => {
        writes += 1;
        if (writes === fails) throw new Error("disk full");
      };
      expect(() => logins.use(whole, 0)).toThrow("disk full");
      storage.beforeWrite = () => {};
    }
    expect(storage.kv.get("logins")).toBeUndefined();
    expect(logins.use(whole, 0)).toBe("kept");
  });

  it("are forgotten a portion at a time", () => {
    const storage = new StorageInNode();
    const logins = new ShardLogins(storage);
    expect(logins.forget(2)).toBe("done");
    for (const name of ["a", "b", "c"])
      logins.use({ ...joins(name, "ana"), once: { digest: name, until: 100 } }, 0);
    const runs: string[] = [];
    do runs.push(logins.forget(2));
    while (runs.at(-1) === "more");
    expect(runs).toEqual(["more", "more", "more", "more", "done"]);
    expect(countUsed(storage)).toBe(0);
    expect(storage.sql.exec("SELECT name FROM login_bindings").toArray()).toEqual([]);
  });
});
