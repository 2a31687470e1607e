import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { limitedDatabase } from "../../../src/platform/platform-limits/limited-database.ts";
import { limitedQueue } from "../../../src/platform/platform-limits/limited-queue.ts";
import { limitedState } from "../../../src/platform/platform-limits/limited-state.ts";
import { limits } from "../../../src/shared/limits.ts";

const tooLarge = "a".repeat(limits.platformValueBytesMax + 1);

describe("the limits that tests enforce", () => {
  it("hold for an object's storage, whose other members work as ever", async () => {
    const stub = env.REGISTRY.getByName("of the limits");
    await runInDurableObject(stub, async (_, state) => {
      const { storage } = limitedState(state, env);
      storage.sql.exec("CREATE TABLE texts (text TEXT)");
      expect(() => storage.sql.exec("INSERT INTO texts VALUES (?)", tooLarge)).toThrow(
        'what "INSERT INTO texts VALUES (?)" binds has 1048577 bytes',
      );
      expect(() => storage.kv.put("text", tooLarge)).toThrow("the value of text has");
      storage.transactionSync(() => {
        storage.sql.exec("INSERT INTO texts VALUES (?)", "small");
        storage.kv.put("text", "small");
      });
      expect(storage.sql.exec("SELECT text FROM texts").one()).toEqual({ text: "small" });
      expect(storage.kv.get("text")).toBe("small");
      expect(storage.sql.databaseSize).toBeGreaterThan(0);
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  it("hold for D1, alone and in a batch", async () => {
    const database = limitedDatabase(env.DB, env);
    const statement = database.prepare("SELECT length(?1) AS length");
    expect(() => statement.bind(tooLarge)).toThrow("SELECT length");
    expect(await statement.bind("small").first()).toEqual({ length: 5 });
    const [answer] = await database.batch([statement.bind("three"), database.prepare("SELECT 1")]);
    expect(answer?.results).toEqual([{ length: 5 }]);
  });

  it("hold for queues", async () => {
    const queue = limitedQueue(env.DEAD_LETTERS, env);
    await expect(queue.send(tooLarge)).rejects.toThrow("a message of a queue has 1048577 bytes");
    const half = "a".repeat(limits.platformSendBytesMax / 2);
    const messages = [half, half, "a"].map((body) => ({ body }));
    await expect(queue.sendBatch(messages)).rejects.toThrow("what is sent to a queue at once");
  });
});

describe("without the variable", () => {
  it("the platform's objects are used as they are, at no cost", async () => {
    const off = { ENFORCE_PLATFORM_LIMITS: "false" };
    const stub = env.REGISTRY.getByName("of the limits");
    await runInDurableObject(stub, (_, state) => {
      expect(limitedState(state, off)).toBe(state);
    });
    expect(limitedDatabase(env.DB, {})).toBe(env.DB);
    expect(limitedQueue(env.DEAD_LETTERS, off)).toBe(env.DEAD_LETTERS);
  });
});
