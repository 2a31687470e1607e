import { Hono, type Context } from "hono";
import { ErrorReply } from "redis";
import { readValidJson } from "../http/read-valid-json.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { commandBody, commandsBody, requireAllowed } from "./command.ts";
import type { RedisConnection } from "./connection.ts";
import { toRestReply, type ReplyEncoding } from "./reply.ts";
import { runPipeline, runTransaction } from "./run-commands.ts";

/**
 * One Redis answers reads and writes, so whoever reads after a write sees it, whatever the token.
 * It is sent because the client expects one.
 */
const syncToken = "single-primary";

/** Upstash's Redis REST dialect. */
export function redisRoutes(redis: RedisConnection, metrics: GatewayMetrics): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    c.header("upstash-sync-token", syncToken);
  });

  app.post("/", async (c) => {
    const command = await readValidJson(c, commandBody);
    requireAllowed(command);
    const [reply] = await runPipeline(redis, [command]);
    metrics.redisCommands.inc();
    return c.json(toRestReply(reply, encodingOf(c)), reply instanceof ErrorReply ? 400 : 200);
  });

  app.post("/pipeline", async (c) => {
    const commands = await readValidJson(c, commandsBody);
    commands.forEach(requireAllowed);
    const replies = await runPipeline(redis, commands);
    metrics.redisCommands.inc(commands.length);
    return c.json(replies.map((reply) => toRestReply(reply, encodingOf(c))));
  });

  app.post("/multi-exec", async (c) => {
    const commands = await readValidJson(c, commandsBody);
    commands.forEach(requireAllowed);
    try {
      const replies = await runTransaction(redis, commands);
      metrics.redisCommands.inc(commands.length);
      return c.json(replies.map((reply) => toRestReply(reply, encodingOf(c))));
    } catch (error) {
      if (error instanceof ErrorReply) return c.json({ error: error.message }, 400);
      throw error;
    }
  });

  return app;
}

function encodingOf(c: Context): ReplyEncoding {
  return c.req.header("upstash-encoding") === "base64" ? "base64" : "text";
}
