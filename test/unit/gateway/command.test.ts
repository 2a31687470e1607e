import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { redisCache } from "../../../src/cache/redis/redis.ts";
import {
  commandBody,
  requireAllowed,
  type RedisCommand,
} from "../../../src/gateway/redis/command.ts";
import { limits } from "../../../src/shared/limits.ts";
import { keepScript, lookScript, resultNamesOf } from "../../../src/shared/redis-cache-scripts.ts";

/** All that the cache sends, as the genuine client writes it. */
async function commandsOfCache(): Promise<unknown[]> {
  const sent: unknown[] = [];
  const server = createServer((request, response) => {
    request.on("data", (body: Buffer) => sent.push(JSON.parse(body.toString())));
    request.on("end", () => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ result: [btoa("awaited")] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const settings = { url: `http://127.0.0.1:${port}`, token: "t", deployment: "Ærø: {1}" };
  const cache = redisCache(settings, 10_000);
  await cache.look("budget-2026-0a1B_c2D");
  await cache.claim("budget-2026-0a1B_c2D");
  await cache.keep("budget-2026-0a1B_c2D", { version: 12, text: "{}", lifeMs: limits.cacheColdMs });
  await cache.probe();
  server.close();
  return sent;
}

it("what the cache and its probe send goes through", async () => {
  const sent = await commandsOfCache();
  expect(sent).toHaveLength(4);
  for (const command of sent)
    expect(() => requireAllowed(commandBody.parse(command))).not.toThrow();
});

const { newest, claim } = resultNamesOf("delta", "budget");
const look = ["EVAL", lookScript, "2", newest, claim, "2000"] as const;
const keep = ["EVAL", keepScript, "3", newest, claim, `${newest}:1`, "1", "text", "1000"] as const;

it.each<RedisCommand>([
  ["SET", claim, "1", "NX", "PX", "2000"],
  ["set", "delta:probe", "1", "px", "1000"],
  [...look],
  ["eval", ...keep.slice(1)],
])("the case of a command's words does not matter: %s", (...command) => {
  expect(() => requireAllowed(command)).not.toThrow();
});

/** A command with another word at a place. */
function replaced(command: readonly [string, ...string[]], at: number, word: string): RedisCommand {
  const [name, ...rest] = command;
  return [name, ...rest.with(at - 1, word)];
}

it.each<RedisCommand>([
  ["SET", "others:key", "x", "NX", "GET"],
  ["SET", "others:key", "1", "PX", "1000"],
  ["SET", "others:key\ndelta:probe", "1", "PX", "1000"],
  ["SET", "a:b:probe", "1", "PX", "1000"],
  ["SET", "delta:probe", "1"],
  ["SET", "delta:probe", "2", "PX", "1000"],
  ["SET", "delta:probe", "1", "GET", "PX", "1000"],
  ["SET", "delta:probe", "1", "NX", "PX", "1000"],
  ["SET", "delta:probe", "1", "EX", "1000"],
  ["SET", "delta:probe", "1", "PX", String(limits.cacheColdMs + 1)],
  ["SET", "delta:probe", "1", "PX", "-1"],
  ["SET", claim, "1", "PX", "1000"],
  ["SET", claim, "1", "NX", "GET", "PX", "1000"],
  ["SET", newest, "1", "NX", "PX", "1000"],
])("a SET in another form or of another name is refused: %s", (...command) => {
  expect(() => requireAllowed(command)).toThrow(
    expect.objectContaining({ code: "redis.command_refused" }),
  );
});

it.each<RedisCommand>([
  replaced(look, 2, "1"),
  replaced(look, 3, "others:key"),
  replaced(look, 4, "others:key"),
  replaced(look, 4, resultNamesOf("delta", "other").claim),
  replaced(look, 5, "x"),
  [...look, "more"],
  ["EVAL", lookScript, "2", newest, claim],
  replaced(keep, 2, "2"),
  replaced(keep, 3, "others:key"),
  replaced(keep, 4, "others:key"),
  replaced(keep, 5, "others:key"),
  replaced(keep, 5, `${newest}:2`),
  replaced(keep, 6, "x"),
  replaced(keep, 8, "99999999"),
  [...keep, "more"],
])("a script on other names or with other arguments is refused: %#", (...command) => {
  expect(() => requireAllowed(command)).toThrow(
    expect.objectContaining({ code: "redis.command_refused" }),
  );
});

it.each<RedisCommand>([
  ["FLUSHALL"],
  ["GET", "key"],
  ["CONFIG", "SET", "dir", "/"],
  ["EVAL", "while true do end", "0"],
  ["EVAL", `${keepScript} `, ...keep.slice(2)],
  ["EVAL_RO", ...look.slice(1)],
  ["EVAL"],
  [" SET", "delta:probe", "1", "PX", "1000"],
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
