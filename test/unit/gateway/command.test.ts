import { expect, it } from "vitest";
import { requireAllowed, type RedisCommand } from "../../../src/gateway/redis/command.ts";
import { keepScript, lookScript } from "../../../src/shared/redis-cache-scripts.ts";

it.each<RedisCommand>([
  ["SET", "key", "1", "NX", "PX", "2000"],
  ["set", "key", "1"],
  ["EVAL", lookScript, "2", "newest", "claim", "2000"],
  ["eval", keepScript, "3", "newest", "claim", "entry", "1", "text", "1000"],
])("what the cache sends goes through: %s", (...command) => {
  expect(() => requireAllowed(command)).not.toThrow();
});

it.each<RedisCommand>([
  ["FLUSHALL"],
  ["GET", "key"],
  ["CONFIG", "SET", "dir", "/"],
  ["EVAL", "while true do end", "0"],
  ["EVAL", `${keepScript} `, "0"],
  ["EVAL_RO", lookScript, "0"],
  ["EVAL"],
  [" SET", "key", "1"],
  ["SET\r\nFLUSHALL", "key"],
])("anything else is refused: %s", (...command) => {
  expect(() => requireAllowed(command)).toThrow(
    expect.objectContaining({ code: "redis.command_refused" }),
  );
});

it("a refusal names a command and quotes nothing else", () => {
  expect(() => requireAllowed(["flushall"])).toThrow(/: FLUSHALL$/);
  expect(() => requireAllowed(["a secret"])).toThrow(/over REST$/);
});
